"""What findings say, in Bahasa Indonesia and in English: what was found, what was expected, what to do.

The place (file, sheet, cell) goes before, by `place_and_message`. A rule is added here or it cannot be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flows.records import Finding, Severity


@dataclass(frozen=True)
class Message:
    """How bad a rule's finding is, and its two texts; braces are filled from the finding."""

    severity: Severity
    id: str
    en: str


def _error(id: str, en: str) -> Message:
    return Message("error", id, en)


def _warning(id: str, en: str) -> Message:
    return Message("warning", id, en)


MESSAGES: dict[str, Message] = {
    # the file
    "empty_file": _error(
        "Berkas kosong (0 bita). Kirim ulang berkasnya.",
        "The file is empty (0 bytes). Send it again.",
    ),
    "damaged_file": _error(
        "Berkas rusak atau terpotong ({reason}). Buka di Excel, simpan, lalu kirim ulang.",
        "The file is damaged or cut short ({reason}). Open it in Excel, save it, and send it again.",
    ),
    "fields_disagree": _error(
        "Baris {row} berisi {fields} kolom, baris {other} {of_other}: satu isian hilang, atau terpisah oleh koma "
        "desimalnya. Simpan dari Excel sebagai .xlsx, lalu kirim ulang.",
        "Row {row} has {fields} fields, row {other} {of_other}: a field was lost, or split by its decimal comma. Save "
        "it from Excel as .xlsx and send it again.",
    ),
    "password": _error(
        "Berkas dilindungi kata sandi. Simpan tanpa kata sandi, lalu kirim ulang.",
        "The file is protected by a password. Save it without one and send it again.",
    ),
    "not_a_workbook": _error(
        "Isi berkas bukan buku kerja, walau namanya berakhir {suffix}. Kirim .xlsx, .xls, .xlsb, .ods atau .csv.",
        "The content is no workbook, though the name ends in {suffix}. Send .xlsx, .xls, .xlsb, .ods or .csv.",
    ),
    "sheet_too_large": _error(
        'Lembar "{sheet}" lebih besar dari batas {largest} sel. Pecah menjadi beberapa berkas.',
        'Sheet "{sheet}" is larger than the limit of {largest} cells. Split it into several files.',
    ),
    "file_too_large": _error(
        "Berkas {size_mb} MB, lebih besar dari batas {largest_mb} MB. Pecah menjadi beberapa berkas.",
        "The file has {size_mb} MB, more than the limit of {largest_mb} MB. Split it into several files.",
    ),
    "too_many_columns": _error(
        'Lembar "{sheet}" melebar sampai kolom ke-{columns}; batasnya {largest}. Hapus yang di kanannya, kirim ulang.',
        'Sheet "{sheet}" reaches to column {columns}; the limit is {largest}. Delete what lies beyond, and send again.',
    ),
    "unpacks_too_large": _error(
        "Berkas {packed_mb} MB mengembang menjadi {unpacked_mb} MB; batasnya {largest_mb} MB dan {ratio} kali. Salin "
        "tabelnya ke buku kerja baru, lalu kirim ulang.",
        "{packed_mb} MB unpack to {unpacked_mb} MB; the limits are {largest_mb} MB and {ratio} times. Copy the table "
        "into a new workbook and send it.",
    ),
    "unpacks_more_than_declared": _error(
        "Bagian {part} berisi lebih dari yang dinyatakan berkas. Salin tabelnya ke buku kerja baru, kirim ulang.",
        "Part {part} holds more than the file declares. Copy the table into a new workbook and send it.",
    ),
    "entities": _error(
        "Bagian {part} mendeklarasikan entitas XML; buku kerja biasa tidak. Salin tabelnya ke buku kerja baru, lalu "
        "kirim ulang.",
        "Part {part} declares XML entities; no ordinary workbook does. Copy the table into a new workbook and send it.",
    ),
    "element_too_long": _error(
        "Satu baris atau satu teks lebih dari {largest_mb} MB. Salin tabelnya ke buku kerja baru, lalu kirim ulang.",
        "One row or one text has more than {largest_mb} MB. Copy the table into a new workbook and send it.",
    ),
    "too_slow": _error(
        "Membaca berkas ini butuh lebih dari {seconds} detik. Pecah menjadi beberapa berkas, lalu kirim ulang.",
        "Reading this file takes more than {seconds} seconds. Split it into several files and send them.",
    ),
    "too_much_memory": _error(
        "Membaca berkas ini butuh memori lebih dari {largest_mb} MB. Pecah menjadi beberapa berkas, lalu kirim ulang.",
        "Reading this file takes more than {largest_mb} MB of memory. Split it into several files and send them.",
    ),
    "personal_data": _error(
        "Ini daftar orang per nama (data pribadi); isinya tidak dibaca dan salinannya di raw/received sudah dihapus. "
        "Daftar penerima masuk lewat `ucj recipients receive`, tidak pernah lewat raw/inbox. Hapus sendiri berkasnya "
        "dari raw/inbox.",
        "This is a by-name list of people (personal data); nothing of it is kept and its copy in raw/received is "
        "removed. Recipient lists are taken in by `ucj recipients receive`, never through raw/inbox. Delete the file "
        "from raw/inbox yourself.",
    ),
    "cells_uncounted": _error(
        "Lembar ini berisi {counted} sel, tetapi {read} yang terbaca; tidak ada yang dimuat. Salin tabelnya ke "
        "buku kerja baru, lalu kirim ulang.",
        "This sheet holds {counted} cells, but {read} were read; none is loaded. Copy the table into a new workbook "
        "and send it.",
    ),
    "reader_stopped": _error(
        "Berkas tidak dapat dibaca: pembacanya berhenti ({reason}). Simpan ulang di Excel, lalu kirim ulang.",
        "The file could not be read: its reader stopped ({reason}). Save it again in Excel and send it again.",
    ),
    "no_content": _error(
        "Tidak ada sel yang terisi. Kirim berkas yang berisi data.", "No cell is filled. Send a file with data."
    ),
    # the sheet
    "unknown_kind": _error(
        "Isi lembar ini tidak dikenali. Judul kolomnya: {header}. Yang dikenal: tabel dengan kolom kabupaten/kota "
        "dan kolom cakupan (semesta, peserta aktif, cakupan) atau angkatan kerja (bekerja, pengangguran, angkatan "
        "kerja, TPT, TPAK). Perbaiki judul kolom, atau abaikan bila lembar ini memang data lain.",
        "This sheet is of no known kind. Its column headers: {header}. Known: a table with a region column and "
        "coverage (semesta, peserta aktif, cakupan) or labour force columns (bekerja, pengangguran, angkatan kerja, "
        "TPT, TPAK). Mend the headers, or leave it if the sheet holds other data.",
    ),
    "foreign_table": _error(
        'Judul menyebut "{word}": tabel ini tentang hal lain dan tidak dimuat.',
        'The title says "{word}": this table is about something else and is not loaded.',
    ),
    "subject_unclear": _error(
        "Kolom tabel ini mirip {title}, tetapi tidak ada kata yang memastikannya. Sebut jamsostek, UCJ, semesta atau "
        "segmennya (PU, BPU, JAKON) di judul, lalu kirim ulang.",
        "The columns look like {title}, but no word makes it certain. Name jamsostek, UCJ, semesta or the segments "
        "(PU, BPU, JAKON) in the title and send it again.",
    ),
    "draft_sheet": _error(
        'Nama lembar menyebut "{word}" dan ada lembar lain, jadi lembar ini tidak dimuat. Hapus, atau ganti namanya '
        "bila angkanya berlaku, lalu kirim ulang.",
        'The sheet\'s name says "{word}" and there are other sheets, so it is not loaded. Delete it, or rename it if '
        "its figures count, and send it again.",
    ),
    "not_scanned": _warning(
        "Dalam format ini baris tersembunyi dan sel galat tidak dapat dilihat. Bila bisa, kirim sebagai .xlsx.",
        "In this format hidden rows and error cells cannot be seen. If you can, send it as .xlsx.",
    ),
    "stray_cells": _error(
        '{count} sel di luar tabel tidak dikenali ("{found}"). Hapus, atau pindahkan ke dalam tabel.',
        '{count} cells outside a table are not understood ("{found}"). Delete them or move them into the table.',
    ),
    "unknown_column": _warning(
        'Kolom "{found}" tidak dimuat: kata yang tidak dikenal: {words}. Perbaiki judulnya bila kolom ini dibutuhkan.',
        'Column "{found}" is not loaded: words not known: {words}. Mend its header if the column is needed.',
    ),
    "column_without_measure": _warning(
        'Kolom "{found}" tidak dimuat: tidak ada kata di judul kolom atau di judul tabel yang menyebut isinya '
        "({known}). Lengkapi judulnya bila kolom ini dibutuhkan.",
        'Column "{found}" is not loaded: no word of its header or of the title says what it counts ({known}). Complete '
        "its header if the column is needed.",
    ),
    "header_respelled": _warning(
        'Judul "{found}" dibaca "{read}". Periksa, dan perbaiki ejaannya.',
        'The header "{found}" was read as "{read}". Check it, and mend its spelling.',
    ),
    "month_respelled": _warning(
        'Bulan di "{found}" dibaca "{read}". Periksa, dan perbaiki ejaannya.',
        'The month in "{found}" was read as "{read}". Check it, and mend its spelling.',
    ),
    "part_column": _warning(
        'Kolom "{found}" adalah rincian dan tidak dimuat; yang dimuat hanya jumlahnya. Tidak perlu tindakan.',
        'Column "{found}" is a part of a breakdown and is not loaded; only the whole is. Nothing need be done.',
    ),
    "part_row": _warning(
        '{count} baris rincian ("{found}") tidak dimuat; yang dimuat hanya baris jumlahnya. Bila tidak ada, tambahkan.',
        '{count} rows of a breakdown ("{found}") are not loaded; only those of the whole are. Add them if there are '
        "none.",
    ),
    # dates and other dimensions
    "time_missing": _error(
        'Tidak ada {field} untuk kolom "{header}" ({count} sel). Tulis misalnya "per 13 November 2024" di judul.',
        'No {field} for column "{header}" ({count} cells). Write it in the title, as "per 13 November 2024".',
    ),
    "month_without_year": _error(
        '"{found}" tidak menyebut tahun, judul dan nama lembar juga tidak; {count} sel tidak dimuat. Tulis tahunnya, '
        'misalnya "Tahun 2025" di judul.',
        '"{found}" names no year, nor do title and sheet; {count} cells are not loaded. Write the year, as '
        '"Tahun 2025" in the title.',
    ),
    "month_of_which_year": _error(
        '"{found}" tidak menyebut tahun, dan tahun di judul ({years}) belum tentu tahunnya; {count} sel tidak dimuat. '
        "Tulis tahunnya di samping bulan.",
        '"{found}" names no year, and what the titles name ({years}) need not be it; {count} cells are not loaded. '
        "Write the year beside the month.",
    ),
    "months_out_of_order": _error(
        '"{found}" tidak menyebut tahun; bila semua bulan dari {years}, urutannya tidak runtut atau melewati tanggal '
        "di judul. {count} sel tidak dimuat. Tulis tahunnya di samping bulan.",
        '"{found}" names no year; if all months are of {years}, they are out of order or pass the date in the title. '
        "{count} cells are not loaded. Write the year beside the month.",
    ),
    "year_contradicts_date": _error(
        '"{found}": tahun baris ini ({years}) bertentangan dengan tanggal kolom atau judulnya; {count} sel tidak '
        "dimuat. Samakan keduanya, lalu kirim ulang.",
        '"{found}": the year of this row ({years}) contradicts the date of its column or title; {count} cells are not '
        "loaded. Make them agree and send again.",
    ),
    "date_impossible": _error(
        'Tanggal "{date}" tidak ada dalam kalender. Perbaiki tanggalnya, lalu kirim ulang.',
        'No calendar has the date "{date}". Mend it and send the file again.',
    ),
    "date_short_year": _error(
        'Tanggal "{date}" tidak menyebut tahun dengan empat angka. Tulis misalnya "31 Oktober 2024", lalu kirim ulang.',
        'The date "{date}" does not give its year in four digits. Write it as "31 October 2024" and send again.',
    ),
    "date_contradiction": _error(
        'Dua tanggal yang bertentangan: "{one}" dan "{other}". Samakan judul dan nama lembar, lalu kirim ulang.',
        'Two dates that contradict each other: "{one}" and "{other}". Make title and sheet name agree and send again.',
    ),
    "file_name_date": _warning(
        'Nama berkas menyebut "{date}", isinya {used}; yang dipakai tanggal di isi. Periksa mana yang benar.',
        'The file name says "{date}", the content {used}; the content\'s date is used. Check which is right.',
    ),
    "dimension_unknown": _error(
        '"{found}" bukan {field} yang dikenal; angka baris ini tidak dimuat. Perbaiki sel itu, lalu kirim ulang.',
        '"{found}" is no known {field}; the figures of this row are not loaded. Mend the cell and send again.',
    ),
    "filter_unclear": _error(
        'Saringan "{line}" tidak dipahami: tidak jelas angka siapa yang tersisa, jadi tabel ini tidak dimuat. '
        "Ekspor ulang tanpa saringan itu, atau tulis segmen dan tanggalnya di judul.",
        'The filter "{line}" is not understood: whose figures are left is not clear, so this table is not loaded. '
        "Export it again without that filter, or write its segment and date in the title.",
    ),
    "heading_unclear": _error(
        'Judul baris "{found}" tidak dipahami; {count} baris di bawahnya tidak dimuat. Perbaiki judul itu.',
        'The heading "{found}" is not understood; {count} rows under it are not loaded. Mend that heading.',
    ),
    "dimension_unclear": _error(
        'Kolom "{header}" tidak menyebut {field}, dan judul menyebut beberapa ({named}). Tulis {field} di judul kolom.',
        'Column "{header}" names no {field}, and the title names several ({named}). Name it in the column header.',
    ),
    # regions
    "region_unknown": _error(
        '"{found}" bukan nama kabupaten/kota yang dikenal. Maksudnya: {near}? Perbaiki namanya, lalu kirim ulang.',
        '"{found}" is no known regency. Did you mean {near}? Mend the name and send again.',
    ),
    "region_ambiguous": _error(
        '"{found}" bisa berarti {regions}. Tulis Kabupaten atau Kota di depannya, lalu kirim ulang.',
        '"{found}" can mean {regions}. Write Kabupaten or Kota before it and send again.',
    ),
    "region_contradiction": _error(
        'Judul menyebut "{found}", nama lembar "{name}": dua daerah yang berbeda. Samakan, lalu kirim ulang.',
        'The title says "{found}", the sheet is named "{name}": two different regions. Make them agree and send again.',
    ),
    "region_not_said": _error(
        "Tabel ini tidak menyebut kabupaten/kota, di kolom, di judul, maupun di nama lembar. Tulis namanya di judul.",
        "No column, title or sheet name says which regency this table is about. Write its name in the title.",
    ),
    "label_unknown": _error(
        '"{found}" bukan ukuran yang dikenal; angka baris ini tidak dimuat. Perbaiki bila angka ini dibutuhkan.',
        '"{found}" is no known measure; the figures of this row are not loaded. Mend it if they are needed.',
    ),
    "region_missing": _error(
        "Baris ini berisi angka tanpa nama kabupaten/kota. Isi namanya, lalu kirim ulang.",
        "This row holds figures without a regency. Fill in its name and send again.",
    ),
    "region_in_parts": _error(
        'Baris di bawah "{found}" tidak bernama, dan yang membedakannya ("{words}") tidak dikenali: mungkin keduanya '
        "rincian. Tulis nama di setiap baris dan judul kolom pembedanya, lalu kirim ulang.",
        'The row under "{found}" has no name, and what tells the two apart ("{words}") is not understood: both may be '
        "parts. Write the name in each row and head the column that tells them apart, and send it again.",
    ),
    "closing_row": _error(
        '"{found}" hanya ada di akhir blok terakhir: angka blok itu, atau semua? Tulis milik siapa di baris itu, lalu '
        "kirim ulang.",
        '"{found}" stands at the end of the last block alone: of that block, or of all? Write of whom it is in that '
        "row and send again.",
    ),
    "rows_shifted": _error(
        "Angka dan nama mungkin bergeser satu baris: di satu ujung ada angka tanpa nama, di ujung lain nama tanpa "
        "angka. {count} baris tidak dimuat; sejajarkan, lalu kirim ulang.",
        "Figures and names may have moved by a row: at one end stands a figure without a name, at the other a name "
        "without a figure. {count} rows are not loaded; set them right and send again.",
    ),
    "row_over_rows": _error(
        '"{found}" bernomor huruf di atas baris bernomor 1: mungkin jumlah baris di bawahnya (kantor cabang, wilayah). '
        "Bila kabupaten/kota, beri nomor angka seperti yang lain, lalu kirim ulang.",
        '"{found}" is numbered with a letter over a row numbered 1: it may be the sum of the rows under it (a branch, '
        "an area). If it is a regency, number it like the others and send it again.",
    ),
    "other_places": _error(
        '"{found}" tidak dimuat: {count} nama lain di kolom ini bukan kabupaten/kota. Tulis kelasnya di depan.',
        '"{found}" is not loaded: {count} other names of this column are no regencies. Put its class before it.',
    ),
    "merged_figure": _error(
        'Angka "{found}" digabung di atas beberapa baris atau kolom, jadi tidak jelas milik siapa. Pisahkan selnya, '
        "lalu kirim ulang.",
        'The figure "{found}" is merged over several rows or columns, and nobody knows whose it is. Unmerge the cell '
        "and send it again.",
    ),
    "unit_in_row": _error(
        'Satuan "{found}" di baris ini tidak dimuat. Tulis satuannya di judul kolom, lalu kirim ulang.',
        'The unit "{found}" in this row is not read. Write the unit in the column header and send again.',
    ),
    "remark_in_row": _error(
        '"{found}" menyatakan bahwa angka baris ini lain dari yang dikatakan judul; baris ini tidak dimuat. Samakan '
        "angkanya, atau tulis tanggal dan segmennya di kolom sendiri, lalu kirim ulang.",
        '"{found}" says that the figures of this row are not what the titles say; the row is not loaded. Make them the '
        "same, or give date and segment a column of their own, and send it again.",
    ),
    "arrivals": _error(
        '"{found}" menjumlahkan {count} baris waktu di atasnya: angkanya mungkin tambahan pada tiap waktu, bukan '
        "posisi. Kirim posisi pada akhir tiap waktu, tanpa jumlahnya.",
        '"{found}" adds up {count} rows of times above it: they may be what came in each, and not where things stood. '
        "Send what stood at the end of each, without their sum.",
    ),
    "province_contradicts_name": _error(
        '"{found}" adalah {means}, tetapi kolom provinsi di baris ini menyebut "{province}". Samakan, lalu kirim '
        "ulang.",
        '"{found}" is {means}, but the province column of this row says "{province}". Make them agree and send again.',
    ),
    "note_against_rows": _error(
        'Catatan di {place}, "{found}", menyatakan lain tentang {count} baris mulai di sini: waktunya, siapa yang '
        "dihitung, atau angkanya. Baris itu tidak dimuat. Samakan catatan dan judulnya, lalu kirim ulang.",
        'The note at {place}, "{found}", says otherwise of {count} rows from here on: their time, who is counted, or '
        "the figures. They are not loaded. Make the note and the titles agree and send again.",
    ),
    "code_contradicts_name": _error(
        'Kode {code} adalah {means}, bukan "{found}". Perbaiki kode atau namanya, lalu kirim ulang.',
        'Code {code} is {means}, not "{found}". Mend the code or the name and send again.',
    ),
    # recipient lists: none of these quotes a cell
    "no_recipient_list": _error(
        "Tidak ada daftar per nama yang dikenali. Yang dicari: judul kolom NIK dan Nama, serta barisnya. Perbaiki "
        "judul kolom, lalu kirim ulang.",
        "No by-name list is recognised. Looked for: columns headed NIK and Nama, with rows. Mend the headers and send "
        "again.",
    ),
    "list_again": _error(
        "Daftar {extract} sudah diterima ({when}); tidak dimuat dua kali. Tidak perlu tindakan.",
        "List {extract} was received already ({when}); it is not taken in twice. Nothing need be done.",
    ),
    "list_forgotten": _error(
        "Daftar {extract} sudah dihapus dengan `ucj recipients forget` ({when}) dan tidak diterima lagi. Bila memang "
        "harus masuk, minta daftar baru dari desa.",
        "List {extract} was erased by `ucj recipients forget` ({when}) and is not taken in again. If it must come in, "
        "ask the village for a new list.",
    ),
    "nik_missing": _error(
        "NIK kosong. Isi 16 angka sesuai KTP.", "The NIK is empty. Fill in the 16 digits of the card."
    ),
    "nik_damaged": _error(
        "NIK rusak oleh Excel: sel ini angka, dan Excel hanya menyimpan 15 angka. Ubah format sel menjadi Teks, lalu "
        "ketik ulang ke-16 angkanya.",
        "Excel damaged this NIK: the cell is a number, and Excel keeps only 15 digits. Format the cell as text and "
        "type the 16 digits again.",
    ),
    "nik_not_16_digits": _error(
        "NIK harus 16 angka. Cocokkan dengan KTP.", "A NIK has 16 digits. Compare it with the card."
    ),
    "nik_region_unknown": _error(
        "Empat angka pertama NIK bukan kode kabupaten/kota. Cocokkan dengan KTP.",
        "The first four digits of the NIK are no regency's code. Compare it with the card.",
    ),
    "nik_date_impossible": _error(
        "Angka ke-7 sampai ke-12 NIK bukan tanggal lahir (perempuan: tanggal + 40). Cocokkan dengan KTP.",
        "Digits 7 to 12 of the NIK are no birth date (women: day + 40). Compare it with the card.",
    ),
    "nik_serial_zero": _error(
        "Empat angka terakhir NIK 0000; itu tidak pernah diterbitkan. Cocokkan dengan KTP.",
        "The last four digits of the NIK are 0000, which is never issued. Compare it with the card.",
    ),
    "name_missing": _error("Nama kosong. Isi sesuai KTP.", "The name is empty. Fill it in as on the card."),
    "birth_date_unreadable": _error(
        "Tanggal lahir tidak terbaca. Tulis misalnya 17-08-1990, tahun dengan empat angka.",
        "The birth date cannot be read. Write it as 17-08-1990, the year in four digits.",
    ),
    "birth_date_not_nik": _error(
        "Tanggal lahir berbeda dari yang ada di NIK. Cocokkan keduanya dengan KTP.",
        "The birth date is not the one in the NIK. Compare both with the card.",
    ),
    "sex_unreadable": _error("Jenis kelamin tidak terbaca. Tulis L atau P.", "The sex cannot be read. Write L or P."),
    "sex_not_nik": _error(
        "Jenis kelamin berbeda dari yang ada di NIK (perempuan: tanggal + 40). Cocokkan keduanya dengan KTP.",
        "The sex is not the one in the NIK (women: day + 40). Compare both with the card.",
    ),
    "village_missing": _error(
        "Desa/kelurahan tidak disebut, di kolom, di judul, maupun di nama lembar. Isi namanya.",
        "No column, title or sheet name says the village. Fill in its name.",
    ),
    "village_unknown": _error(
        "Desa/kelurahan ini tidak dikenal di kecamatan itu. Perbaiki namanya atau kecamatannya.",
        "This village is not known in that district. Mend its name or its district.",
    ),
    "village_needs_district": _error(
        "Ada beberapa desa bernama ini. Tulis kecamatannya.", "Several villages have this name. Write the district."
    ),
    "village_code_contradicts": _error(
        "Kode dan nama desa/kelurahan tidak cocok. Perbaiki salah satunya.",
        "Code and name of the village do not agree. Mend one of them.",
    ),
    "nik_of_two_people": _error(
        "NIK ini tertulis untuk dua orang yang berbeda. Cocokkan keduanya dengan KTP.",
        "This NIK is written for two different people. Compare both with their cards.",
    ),
    "nik_in_two_villages": _error(
        "Orang ini ada di daftar dua desa. Sepakati desa mana, lalu hapus dari yang lain.",
        "This person is on the lists of two villages. Agree on one and delete the row of the other.",
    ),
    "person_with_two_niks": _error(
        "Nama dan tanggal lahir ini tertulis dengan dua NIK yang berbeda. Cocokkan dengan KTP.",
        "This name and birth date are written with two different NIKs. Compare them with the cards.",
    ),
    "nik_twice": _warning(
        "Orang ini sudah ada di baris lain daftar desa ini; baris ini tidak dihitung. Hapus barisnya.",
        "This person stands in another row of this village; this row does not count. Delete it.",
    ),
    "occupation_excluded": _warning(
        "ASN, TNI, dan Polri tidak berhak: jaminannya dari Taspen atau Asabri.",
        "ASN, TNI and Polri are not eligible: Taspen or Asabri insure them.",
    ),
    "age_too_low": _warning("Belum cukup umur pada hari pertama perlindungan.", "Too young on the first day of cover."),
    "age_too_high": _warning(
        "Sudah melewati batas umur pada hari pertama perlindungan.", "Past the age limit on the first day of cover."
    ),
    # records
    "record_field_missing": _error(
        "{field} tidak terisi; baris ini tidak dimuat. Isi selnya, lalu kirim ulang.",
        "{field} is not filled in; this row is not loaded. Fill it in and send again.",
    ),
    "record_code_unknown": _error(
        "Kode {code} bukan kode satu daerah; baris ini tidak dimuat. Tulis misalnya 35.03, lalu kirim ulang.",
        "Code {code} is not the code of one region; this row is not loaded. Write it as 35.03 and send again.",
    ),
    "place_unknown": _warning(
        '"{found}" dimuat tanpa kode wilayah. Maksudnya: {near}? Bila ya, isi kodenya.',
        '"{found}" is loaded without a region code. Did you mean {near}? If so, fill in the code.',
    ),
    "not_a_year": _error(
        '"{found}" diharapkan tahun dengan empat angka ({field}); baris ini tidak dimuat. Perbaiki, lalu kirim ulang.',
        '"{found}" was expected to be a year of four digits ({field}); this row is not loaded. Mend it and send again.',
    ),
    "not_a_date": _error(
        '"{found}" diharapkan tanggal seperti 13 November 2024 ({field}); baris ini tidak dimuat. Perbaiki, lalu kirim '
        "ulang.",
        '"{found}" was expected to be a date like 13 November 2024 ({field}); this row is not loaded. Mend it and send '
        "again.",
    ),
    "not_a_share": _error(
        "{measure} {found} di luar 0 sampai 100 persen; baris ini tidak dimuat. Perbaiki sel itu, lalu kirim ulang.",
        "{measure} {found} lies outside 0 to 100 per cent; this row is not loaded. Mend the cell and send again.",
    ),
    "baseline_not_before_target": _error(
        "Tahun baseline {baseline_year} tidak lebih awal dari tahun target {target_year}; baris ini tidak dimuat. "
        "Kedua tahun tertukar? Mungkin {swapped}. Perbaiki, lalu kirim ulang.",
        "Baseline year {baseline_year} is not before target year {target_year}; this row is not loaded. Are the two "
        "years swapped? Likely {swapped}. Mend them and send again.",
    ),
    "baseline_above_target": _warning(
        "Baseline {baseline_pct} persen sudah di atas target {target_pct} persen. Dimuat; periksa keduanya.",
        "The baseline of {baseline_pct} per cent is above the target of {target_pct} per cent. Loaded; check both.",
    ),
    "not_a_village_code": _error(
        '"{found}" bukan kode desa; baris ini tidak dimuat. Tulis misalnya 35.03.01.2001, lalu kirim ulang.',
        '"{found}" is no village code; this row is not loaded. Write it as 35.03.01.2001 and send again.',
    ),
    "more_than_the_nation": _error(
        '"{found}" lebih banyak dari penduduk negara ({measure}); baris ini tidak dimuat. Periksa satuannya.',
        '"{found}" is more people than the nation has ({measure}); this row is not loaded. Check its unit.',
    ),
    "figure_without_number": _error(
        "Baris ini tidak berisi persentase, peserta, atau semesta; tidak dimuat. Isi salah satunya, lalu kirim ulang.",
        "This row holds no percentage, members or denominator; it is not loaded. Fill in one of them and send again.",
    ),
    "not_whole_rupiah": _error(
        '"{found}" bukan rupiah penuh ({measure}); baris ini tidak dimuat. Tulis dalam rupiah, bukan juta atau miliar.',
        '"{found}" is not whole rupiah ({measure}); this row is not loaded. Write rupiah, not millions or billions.',
    ),
    "more_than_the_state": _error(
        '"{found}" lebih banyak dari belanja negara setahun ({measure}); baris ini tidak dimuat. Periksa satuannya.',
        '"{found}" is more than the state spends in a year ({measure}); this row is not loaded. Check its unit.',
    ),
    "not_months_of_a_year": _error(
        '"{found}" bukan jumlah bulan dari 1 sampai 12; baris ini tidak dimuat. Perbaiki sel itu, lalu kirim ulang.',
        '"{found}" is no number of months from 1 to 12; this row is not loaded. Mend the cell and send again.',
    ),
    "paid_past_december": _error(
        "{found} bulan mulai bulan {first_month} melewati Desember; baris ini tidak dimuat. Periksa keduanya, atau "
        "tulis satu baris untuk setiap tahun.",
        "{found} months from month {first_month} on go past December; this row is not loaded. Check both, or write one "
        "row a year.",
    ),
    "assistance_without_number": _error(
        "Baris ini tidak berisi penerima atau anggaran; tidak dimuat. Isi salah satunya, lalu kirim ulang.",
        "This row holds neither recipients nor a budget; it is not loaded. Fill in one of them and send again.",
    ),
    "same_record_twice": _warning(
        "Baris yang sama tercetak lagi di sini (pertama di {other}); dimuat sekali.",
        "The same row is printed again here (first at {other}); loaded once.",
    ),
    "two_records": _error(
        "Dua baris untuk hal yang sama berisi angka berbeda: {found} di sini, yang lain di {other}. Keduanya tidak "
        "dimuat; hapus salah satu.",
        "Two rows about the same thing hold different figures: {found} here, the other at {other}. Neither is loaded; "
        "delete one.",
    ),
    # numbers
    "not_a_number": _error(
        '"{found}" diharapkan angka; kolom ini "{header}". Perbaiki sel itu, lalu kirim ulang.',
        '"{found}" was expected to be a number; this column is "{header}". Mend the cell and send again.',
    ),
    "two_readings": _error(
        '"{found}" dapat dibaca {one} atau {other}; kolom ini "{header}". Tulis tanpa keraguan, lalu kirim ulang.',
        '"{found}" can be read as {one} or {other}; this column is "{header}". Write it without doubt and send again.',
    ),
    "error_cell": _error(
        'Sel ini berisi galat {found}; kolom ini "{header}". Perbaiki rumusnya, lalu kirim ulang.',
        'This cell shows the error {found}; this column is "{header}". Mend its formula and send again.',
    ),
    "formula_without_value": _error(
        'Rumus di sel ini belum dihitung; kolom ini "{header}". Buka dan simpan di Excel, lalu kirim ulang.',
        'The formula in this cell was never calculated; this column is "{header}". Open and save in Excel, send again.',
    ),
    "negative": _error(
        '"{found}" negatif; {measure} tidak mungkin di bawah nol. Perbaiki sel itu, lalu kirim ulang.',
        '"{found}" is negative; {measure} cannot be below zero. Mend the cell and send again.',
    ),
    "fraction_of_a_person": _error(
        '"{found}" bukan bilangan bulat; {measure} dihitung per orang. Maksudnya {likely}? Perbaiki, lalu kirim ulang.',
        '"{found}" is not whole; {measure} counts people. Did you mean {likely}? Mend the cell and send again.',
    ),
    "more_than_a_regency": _error(
        '"{found}" lebih banyak dari penduduk kabupaten mana pun; {measure} dihitung per orang. Periksa satuannya.',
        '"{found}" is more people than any regency has; {measure} counts people. Check its unit and send again.',
    ),
    "unemployed_above_employed": _error(
        "Pengangguran {unemployed_people} lebih banyak dari bekerja {employed_people}; kedua sel tidak dimuat. Periksa "
        "apakah judul kolomnya tertukar, lalu kirim ulang.",
        "Unemployed {unemployed_people} exceed employed {employed_people}; neither cell is loaded. Check for swapped "
        "headers and send again.",
    ),
    "unemployment_unthinkable": _error(
        "TPT {found} persen belum pernah tercatat di kabupaten/kota mana pun: mungkin judul kolomnya keliru, atau "
        "persentase dari target. Sel ini tidak dimuat. Perbaiki, lalu kirim ulang.",
        "A TPT of {found} per cent was never measured in any regency: its header may be wrong, or it is per cent of a "
        "target. This cell is not loaded. Mend it and send again.",
    ),
    "code_unknown": _error(
        'Kode {code} bukan kode kabupaten/kota, walau namanya "{found}". Perbaiki kodenya, lalu kirim ulang.',
        'Code {code} is no regency\'s, though the name is "{found}". Mend the code and send again.',
    ),
    "not_a_rate": _error(
        '"{found}" di luar batas untuk {measure} dalam persen. Perbaiki sel itu, lalu kirim ulang.',
        '"{found}" is out of bounds for {measure} in per cent. Mend the cell and send again.',
    ),
    "active_above_eligible": _error(
        "Peserta aktif {active_members} lebih banyak dari semesta {eligible_workers} ({segment}); kedua sel tidak "
        "dimuat. Periksa apakah kolom atau angkanya tertukar, lalu kirim ulang.",
        "Active members {active_members} exceed eligible workers {eligible_workers} ({segment}); neither cell is "
        "loaded. Check for swapped columns or digits and send again.",
    ),
    "rate_above_all": _error(
        "{reported_coverage_pct} persen ({segment}) lebih dari semua pekerja, dan jumlahnya tidak ada di sampingnya; "
        "sel ini tidak dimuat. Periksa komanya, lalu kirim ulang.",
        "{reported_coverage_pct} per cent ({segment}) is more than all workers, and no counts stand beside it; this "
        "cell is not loaded. Check its decimal comma and send again.",
    ),
    "shares_of_segments": _error(
        "{found} ({segment}): persentase segmen-segmen berjumlah 100, jadi mungkin porsi peserta, bukan cakupan; sel "
        "ini tidak dimuat. Tulis semesta di sampingnya, atau cakupannya, lalu kirim ulang.",
        "{found} ({segment}): the percentages of the segments make 100, so they may be shares of the members and no "
        "coverage; this cell is not loaded. Write the eligible workers beside them, or the coverage, and send again.",
    ),
    "fewer_than_any_regency": _error(
        '"{found}" terlalu sedikit untuk {measure} satu kabupaten/kota: mungkin dalam ribuan, atau persen. Sel ini '
        "tidak dimuat. Tulis satuannya di judul, lalu kirim ulang.",
        '"{found}" is too few for {measure} of a whole regency: it may be in thousands, or per cent. This cell is not '
        "loaded. Write the unit in the title and send again.",
    ),
    "hardly_a_member": _error(
        "Peserta aktif {active_members} dari {eligible_workers} pekerja ({segment}): mungkin persen, ribuan, atau "
        "belum diisi; sel ini tidak dimuat. Periksa, lalu kirim ulang.",
        "{active_members} active members of {eligible_workers} workers ({segment}): it may be per cent, thousands, or "
        "a cell that was not filled in; it is not loaded. Check it and send again.",
    ),
    "eligible_above_total": _error(
        "Semesta PU atau BPU melebihi TOTAL-nya ({segment} {found}); keduanya tidak dimuat. Periksa angka dan "
        "judulnya, lalu kirim ulang.",
        "Eligible workers of PU or BPU exceed their TOTAL ({segment} {found}); neither is loaded. Check figures and "
        "headers and send again.",
    ),
    "active_above_total": _error(
        "Peserta aktif PU atau BPU melebihi TOTAL-nya ({segment} {found}); keduanya tidak dimuat. Periksa angka dan "
        "judulnya, lalu kirim ulang.",
        "Active members of PU or BPU exceed their TOTAL ({segment} {found}); neither is loaded. Check figures and "
        "headers and send again.",
    ),
    "jakon_above_eligible": _warning(
        "JAKON: peserta aktif {active_members} melebihi semesta {eligible_workers}. Dimuat; periksa semestanya.",
        "JAKON: active members {active_members} exceed eligible workers {eligible_workers}. Loaded as printed.",
    ),
    "pct_disagrees": _warning(
        "Tercetak {found}, tetapi {active_members} dari {eligible_workers} adalah {computed} persen. Periksa. "
        "Dua angka tertukar? {was} mungkin {likely}.",
        "Printed {found} per cent, but {active_members} of {eligible_workers} is {computed} per cent. Check the three. "
        "Two digits swapped? {was} may be {likely}.",
    ),
    "labour_force_disagrees": _warning(
        "Angkatan kerja {found} bukan jumlah bekerja dan pengangguran ({computed}). Periksa ketiganya.",
        "Labour force {found} is not the sum of employed and unemployed ({computed}). Check the three.",
    ),
    "rate_disagrees": _warning(
        "TPT tercetak {found}, tetapi {unemployed_people} penganggur memberi {computed} persen. Periksa keduanya.",
        "TPT is printed as {found}, but {unemployed_people} unemployed people give {computed} per cent. Check both.",
    ),
    "total_disagrees": _warning(
        "Jumlah tercetak {printed}, tetapi barisnya berjumlah {sum} (selisih {difference}). Periksa keduanya.",
        "The printed total is {printed}, but its rows add up to {sum} (difference {difference}). Check both.",
    ),
    "eligible_total_disagrees": _warning(
        "TOTAL semesta tercetak {found}, tetapi segmennya berjumlah {computed}. Periksa segmen dan totalnya.",
        "TOTAL of eligible workers is printed as {found}, but its segments add up to {computed}. Check both.",
    ),
    "active_total_disagrees": _warning(
        "TOTAL peserta aktif tercetak {found}, tetapi segmennya berjumlah {computed}. Periksa segmen dan totalnya.",
        "TOTAL of active members is printed as {found}, but its segments add up to {computed}. Check both.",
    ),
    "total_pct_disagrees": _warning(
        "Di baris jumlah tercetak {printed} persen, tetapi {part} dari {whole} adalah {computed} persen. Periksa.",
        "The row of totals prints {printed} per cent, but {part} of {whole} is {computed} per cent. Check the three.",
    ),
    "bpu_far_above_pu": _warning(
        "Cakupan BPU {rate} persen, jauh di atas PU {other_rate} persen di daerah itu. Dimuat; periksa apakah judul "
        "PU, BPU atau JAKON tertukar.",
        "Coverage of BPU is {rate} per cent, far above the {other_rate} per cent of PU there. Loaded as printed; check "
        "whether the labels PU, BPU or JAKON are swapped.",
    ),
    "jakon_is_not_smallest": _warning(
        "Semesta JAKON {found} melebihi semesta PU atau BPU di daerah itu. Dimuat; periksa apakah judul PU, BPU atau "
        "JAKON tertukar.",
        "Eligible workers of JAKON, {found}, exceed those of PU or BPU there. Loaded as printed; check whether the "
        "labels PU, BPU or JAKON are swapped.",
    ),
    "title_words": _warning(
        "Judul menyebut kata yang tidak dikenal: {words}. Dimuat; periksa apakah angkanya memang milik semua pekerja.",
        "The title says words that are not known: {words}. Loaded; check that the figures are of all workers.",
    ),
    "hidden_not_loaded": _warning(
        "Angka tersembunyi untuk {region} ({found}) berbeda dari yang terlihat di {other}; yang terlihat dimuat.",
        "A hidden figure for {region} ({found}) differs from the visible one at {other}; the visible one is loaded.",
    ),
    "same_value_twice": _warning(
        "Angka yang sama untuk {region} tercetak lagi di sini (pertama di {other}); dimuat sekali.",
        "The same figure for {region} is printed again here (first at {other}); loaded once.",
    ),
    "two_values": _error(
        "Dua angka berbeda untuk {region}: {found} di sini, {other_value} di {other}. Keduanya tidak dimuat; "
        "hapus salah satu.",
        "Two different figures for {region}: {found} here, {other_value} at {other}. Neither is loaded; delete one.",
    ),
    # the lines of raw/corrections.csv
    "correction_incomplete": _error(
        "Kolom {columns} kosong; koreksi ini tidak dipakai. Isi kolom itu, lalu jalankan lagi.",
        "Empty: {columns}; this correction is not used. Fill it in and run again.",
    ),
    "correction_no_address": _error(
        '"{found}" diharapkan alamat sel seperti D17; koreksi ini tidak dipakai. Perbaiki, lalu jalankan lagi.',
        '"{found}" was expected to be the address of a cell (D17); this correction is not used. Mend it, run again.',
    ),
    "correction_extract_unknown": _error(
        'Belum ada kiriman bernama "{found}" ketika baris ini diterima; koreksi ini tidak dipakai. Tulis nama '
        "berkasnya seperti di kotak masuk, atau 12 huruf pertama sha256-nya (tabel meta.extract), lalu jalankan lagi.",
        'Nothing had come as "{found}" when this line was received; this correction is not used. Write the name of the '
        "file as in the inbox, or the first 12 characters of its sha256 (table meta.extract), and run again.",
    ),
    "correction_extract_ambiguous": _error(
        '"{found}" bisa berarti {extracts}; koreksi ini tidak dipakai. Tulis 12 huruf pertama sha256 dari yang '
        "dimaksud, lalu jalankan lagi.",
        '"{found}" can mean {extracts}; this correction is not used. Write the first 12 characters of the sha256 of '
        "the one you mean and run again.",
    ),
    "correction_no_sheet": _error(
        'Kiriman itu tidak memuat lembar "{found}" (yang ada: {sheets}); koreksi ini tidak dipakai. Perbaiki nama '
        "lembarnya, lalu jalankan lagi.",
        'That extract has no sheet "{found}" (there are: {sheets}); this correction is not used. Mend the name of the '
        "sheet and run again.",
    ),
    "correction_no_figure": _error(
        "Sel itu tidak memuat angka yang dapat dikoreksi; koreksi ini tidak dipakai. Periksa alamatnya. Bila barisnya "
        "ditolak karena daerah, tanggal, atau segmennya, perbaiki itu di berkasnya, lalu kirim ulang.",
        "That cell holds no figure that can be corrected; this correction is not used. Check the address. Where its "
        "row was refused for its region, date or segment, mend that in the file and send it again.",
    ),
    "correction_blank_cell": _error(
        "Sel itu kosong; koreksi ini tidak dipakai. Periksa alamatnya. Bila selnya memang belum diisi, isi di "
        "berkasnya, lalu kirim ulang.",
        "That cell is blank; this correction is not used. Check the address. Where the cell was never filled in, fill "
        "it in the file and send it again.",
    ),
    "correction_other_text": _error(
        'Sel itu berisi "{holds}", bukan "{found}"; koreksi ini tidak dipakai. Periksa selnya, lalu perbaiki kolom '
        "expected atau hapus baris ini.",
        'That cell holds "{holds}", not "{found}"; this correction is not used. Check the cell, then mend the column '
        "expected or delete this line.",
    ),
    "correction_not_a_number": _error(
        '"{found}" diharapkan angka untuk {measure}; koreksi ini tidak dipakai. Perbaiki kolom corrected, lalu '
        "jalankan lagi.",
        '"{found}" was expected to be a number for {measure}; this correction is not used. Mend the column corrected '
        "and run again.",
    ),
    "correction_two_readings": _error(
        '"{found}" dapat berarti {one} atau {other}; koreksi ini tidak dipakai. Tulis dengan satuannya ("38.500 '
        'orang", "43,2%"), lalu jalankan lagi.',
        '"{found}" can mean {one} or {other}; this correction is not used. Write it with its unit ("38.500 orang", '
        '"43.2%") and run again.',
    ),
    "correction_twice": _error(
        "Baris {rows} mengoreksi sel yang sama; tidak ada yang dipakai. Hapus semua kecuali satu, lalu jalankan lagi.",
        "Rows {rows} correct the same cell; none is used. Delete all but one and run again.",
    ),
    "hidden_cells": _warning(
        "{count} angka berasal dari baris, kolom, atau lembar tersembunyi. Dimuat; periksa apakah memang dimaksud.",
        "{count} figures come from hidden rows, columns or sheets. Loaded; check that they are meant.",
    ),
}


# The header of the sheet of findings that `ucj check --xlsx` adds; the reader knows it when the copy is sent in.
CHECK_HEADERS = {
    "id": ("No", "Lembar", "Sel", "Tingkat", "Ditemukan", "Pesan"),
    "en": ("No", "Sheet", "Cell", "Level", "Found", "Message"),
}
# The header of the sheet of notes in a template (`ucj template`); the reader leaves that sheet alone, its example too.
TEMPLATE_NOTES_HEADER = ("Kolom", "Satuan", "Pengisian", "Isi", "Contoh pengisian")


# What is only said where there is something to offer.
_OFFERS = (
    ("near", " Maksudnya: {near}?"), ("near", " Did you mean {near}?"),
    ("swapped", " Kedua tahun tertukar? Mungkin {swapped}."),
    ("swapped", " Are the two years swapped? Likely {swapped}."),
    ("was", " Dua angka tertukar? {was} mungkin {likely}."), ("was", " Two digits swapped? {was} may be {likely}."),
)  # fmt: skip


def severity_of(rule: str) -> Severity:
    """Whether a rule refuses (error) or only warns."""
    return MESSAGES[rule].severity


def message_of(finding: Finding, lang: str = "id") -> str:
    """The finding's sentence, without its place."""
    message = MESSAGES[finding.rule]
    template = message.id if lang == "id" else message.en
    shown = {name: number_text(value, lang) for name, value in finding.details.items()}
    shown.setdefault("found", finding.raw_text)
    for name, question in _OFFERS:
        if not shown.get(name):
            template = template.replace(question, "")
    return template.format(**shown)


def number_text(value: Any, lang: str = "id") -> str:
    """A number as people here write it (38.595 and 43,2; in English 38,595 and 43.2); other things as text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    english = f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
    return english if lang == "en" else english.translate(str.maketrans(",.", ".,"))


def place_and_message(file_name: str, sheet: str, cell: str, message: str, lang: str = "id") -> str:
    """The finding as people read it: file, sheet, cell, then the sentence."""
    words = ("lembar", "sel") if lang == "id" else ("sheet", "cell")
    place = [file_name]
    if sheet:
        place.append(f'{words[0]} "{sheet}"')
    if cell:
        place.append(f"{words[1]} {cell}")
    return f"{', '.join(place)}: {message}"
