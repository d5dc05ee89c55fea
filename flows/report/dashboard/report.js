// What makes the page answer: the map's colours, search, sort, deep links, charts, and where a figure comes from.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// -- the map ------------------------------------------------------------------------------------------------
function colourMap(province, mode) {
  for (const button of all("[data-mode]", province)) {
    button.setAttribute("aria-pressed", String(button.dataset.mode === String(mode)));
  }
  for (const tile of all(".tile", province)) {
    const [text, colour] = tile.dataset.m.split("|")[mode].split(" ");
    tile.className = `tile ${colour}`;
    find("b", tile).textContent = text;
  }
  find(".unit", province).textContent = data.units[mode];
  find(".legend", province).replaceChildren(...data.legends[mode].map(([colour, text]) => {
    const item = document.createElement("li");
    const swatch = document.createElement("i");
    swatch.className = colour;
    item.append(swatch, text);
    return item;
  }));
}

// -- the ranking --------------------------------------------------------------------------------------------
function numberOf(text) {
  const plain = data.lang === "id" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  return text === "–" ? -Infinity : Number(plain.replace("−", "-").replace("+", ""));
}

function sortTable(table, head) {
  const column = head.cellIndex;
  const isAscending = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : column < 2;
  const texts = new Map([...table.tBodies[0].rows].map((row) => [row, row.cells[column].textContent.trim()]));
  const isText = column === 1;
  const rows = [...texts.keys()].sort((one, other) => {
    const [a, b] = [texts.get(one), texts.get(other)];
    const order = isText ? a.localeCompare(b, data.lang) : numberOf(a) - numberOf(b) || 0;
    return isAscending ? order : -order;
  });
  table.tBodies[0].append(...rows);
  for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
}

function searchTable(section, text) {
  const rows = all("tbody tr", section);
  for (const row of rows) row.hidden = !row.cells[1].textContent.toLowerCase().includes(text.trim().toLowerCase());
  const shown = rows.filter((row) => !row.hidden).length;
  find("[data-count]", section).textContent = words.shown.replace("{n}", shown).replace("{all}", rows.length);
}

// -- origins ------------------------------------------------------------------------------------------------
const COLUMNS = ["TOTAL", "PU", "BPU", "JAKON"];

// The whole key of a figure: a row says region, day and often segment, the column the rest.
function keysOf(element) {
  const row = element.closest("tr");
  if (element.dataset.o || !row) return [element.dataset.o];
  const details = element.closest("details");
  const parts = ((details && row.dataset.o.startsWith("/") ? details.id : "") + row.dataset.o).split("/");
  if (parts[0] === "plan") return [row.dataset.o];
  const day = parts.slice(0, 2).join("/");
  const place = element.cellIndex - (details ? 1 : 2);
  if (!details && place === 5) return [data.plans[parts[0]]];
  const segment = parts[2] || COLUMNS[place] || "TOTAL";
  const isChange = parts[2] ? element.cellIndex === 5 : place === 4;
  const days = isChange ? [day, `${parts[0]}/${data.before[day]}`] : [day];
  return days.map((each) => `${each}/${segment}`);
}

function cellsOf(key) {
  if (key.startsWith("sum/")) {
    const [, province, day, segment] = key.split("/");
    return Object.keys(data.cells).filter((other) => other.startsWith(`${province}.`) && other.endsWith(day))
      .flatMap((other) => cellsOf(`${other}/${segment}`));
  }
  const [region, day, segment] = key.split("/");
  if (!/^\d/.test(region)) return readCells(key, data.cells[key] || "");
  const segments = new Map((data.cells[`${region}/${day}`] || "").split("|").map((text) => {
    const [name, ...cells] = text.split(" ");
    return [name, cells.join(" ")];
  }));
  if (segments.has(segment)) return readCells(key, segments.get(segment));
  return segment === "TOTAL" ? [...segments.keys()].flatMap((name) => cellsOf(`${region}/${day}/${name}`)) : [];
}

function readCells(key, text) {
  return text.split(" ").filter(Boolean).flatMap((part) => {
    if (part[1] === "=") {
      return part.slice(2).split("+").flatMap((segment) =>
        cellsOf(key.replace(/[^/]+$/, segment)).filter((cell) => cell.mark === part[0]));
    }
    const [sheet, cell] = part.slice(1).split("!");
    return [{mark: part[0], key, sheet: data.sheets[sheet], cell}];
  });
}

function showOrigin(element) {
  const dialog = document.getElementById("asal");
  const keys = keysOf(element);
  const cells = keys.flatMap(cellsOf);
  find("p", dialog).textContent = cells.length ? element.textContent.trim() : words.no_origin;
  find("tbody", dialog).replaceChildren(...cells.map(({mark, key: own, sheet, cell}) => {
    const row = document.createElement("tr");
    const [region, day, segment] = own.split("/");
    const about = /^\d\d\.\d\d$/.test(region) ? ` ${segment}, ${region}, ${day}` : "";
    const place = cell.replace("*", ` (${words.corrected})`);
    for (const text of [words[mark] + about, ...sheet.slice(0, 2), place, sheet[2]]) row.insertCell().textContent = text;
    return row;
  }));
  const [region, day, segment] = keys[0].replace("sum/", "").split("/");
  find("code", dialog).textContent = /^\d/.test(region) ? `ucj explain ${region} ${segment} --as-of ${day}` : "";
  dialog.showModal();
}

// A figure becomes a button when its part of the page is first shown: thousands at once would be slow.
function makeFiguresButtons(within) {
  for (const cell of all("td[data-o]:not(:has(.o)), p[data-o]:not(:has(.o)), tr[data-o] > td:not(:has(.o))", within)) {
    if (cell.closest("details:not([open])") || ["–", ""].includes(cell.textContent.trim())) continue;
    if (cell.closest(".ranking") && (cell.cellIndex === 0 || find("svg", cell))) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "o";
    button.append(...cell.childNodes);
    cell.append(button);
  }
}

// -- charts -------------------------------------------------------------------------------------------------
const nameOf = (place) => place.dataset.name || find("summary span", place.closest("details")).textContent;

function drawChart(place) {
  const {measured, path} = data.trends[place.dataset.chart] || {measured: [], path: []};
  if (place.firstChild || measured.length + path.length < 2) return;
  const line = measured.map(([day, pct]) => ({day: new Date(day), pct}));
  const goal = path.map(([year, pct]) => ({day: new Date(`${year}-12-31`), pct}));
  const last = (points) => points.slice(-1);
  const chart = Plot.plot({
    width: Math.min(720, place.clientWidth || 720), height: 260, marginRight: 70, marginLeft: 36, ariaLabel: words.chart.replace("{place}", nameOf(place)),
    style: {fontFamily: "inherit", fontSize: "13px"},
    x: {type: "utc", nice: true}, y: {domain: [0, Math.max(...[...line, ...goal].map((point) => point.pct)) * 1.1]},
    marks: [
      Plot.gridY({ticks: 4}), Plot.ruleY([0]),
      Plot.axisX({label: null, ticks: place.clientWidth < 500 ? "2 years" : "year", tickSize: 0}),
      Plot.axisY({label: "%", ticks: 4, tickSize: 0, tickFormat: (value) => value.toLocaleString(data.lang)}),
      Plot.lineY(goal, {x: "day", y: "pct", stroke: "#8a4510", strokeDasharray: "5 4"}),
      Plot.text(last(goal), {x: "day", y: "pct", text: () => words.target_line, textAnchor: "start", dx: 6, fill: "#8a4510"}),
      Plot.lineY(line, {x: "day", y: "pct", stroke: "#134a78", strokeWidth: 2}),
      Plot.dot(line, {x: "day", y: "pct", fill: "#134a78", r: 3.5}),
      Plot.text(last(line), {x: "day", y: "pct", text: () => words.measured_line, textAnchor: "end", dy: -12, fill: "#134a78"}),
    ],
  });
  chart.setAttribute("role", "img");
  place.append(chart);
}

// -- the page -----------------------------------------------------------------------------------------------
function showProvince(code) {
  for (const province of all(".province")) province.hidden = province.dataset.province !== code;
  const shown = find(`.province[data-province="${code}"]`);
  if (find("#province")) find("#province").value = code;
  makeFiguresButtons(shown);
  all("section > .chart", shown).forEach(drawChart);
}

function followLink() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || target.tagName !== "DETAILS") return;
  showProvince(target.closest(".province").dataset.province);
  target.open = true;
  target.scrollIntoView();
  find("summary", target).focus({preventScroll: true});
}

for (const details of all("details")) {
  details.addEventListener("toggle", () => {
    makeFiguresButtons(details);
    if (details.open) all(".chart", details).forEach(drawChart);
  });
}
document.addEventListener("click", (event) => {
  const figure = event.target.closest(".o");
  if (figure) showOrigin(figure.parentElement);
  const mode = event.target.closest("[data-mode]");
  if (mode) colourMap(mode.closest(".province"), Number(mode.dataset.mode));
  const head = event.target.closest(".ranking thead button");
  if (head) sortTable(head.closest("table"), head.parentElement);
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-search]")) searchTable(event.target.closest("section"), event.target.value);
});
find("#province")?.addEventListener("change", (event) => showProvince(event.target.value));
addEventListener("hashchange", followLink);
if (find(".province")) showProvince(find(".province").dataset.province);
makeFiguresButtons(document.getElementById("terbit"));
followLink();
