-- Text: what strings may hold, and columns in other character sets.
CREATE DATABASE truth_texts CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
USE truth_texts;

CREATE TABLE texts (id INT PRIMARY KEY, c CHAR(30), v VARCHAR(200), tt TINYTEXT, t TEXT, mt MEDIUMTEXT, lt LONGTEXT, n NATIONAL VARCHAR(20));
INSERT INTO texts (id, v) VALUES (1, ''), (2, NULL), (3, 'NULL'), (4, '\\N'), (5, ''''), (6, '"'), (7, '`'), (8, '\\'), (9, '\\\\'), (10, '\\'''), (11, '\''''),
  (12, '""'), (13, ','), (14, '","'), (15, '\n'), (16, '\r\n'), (17, '\t'), (18, '\0'), (19, '\Z'), (20, '\b'), (21, 'a\0b'), (22, '%\_'), (23, ';'),
  (24, ');\nINSERT INTO texts (id) VALUES (999);'), (25, '-- comment'), (26, '# comment'), (27, '/* comment */'), (28, '*/'), (29, '/*!99999 x */'),
  (30, '中文，逗号'), (31, '😀👩‍👩‍👧'), (32, 'é'), (33, 'é'), (34, ' lead and trail '), (35, '\\n'), (36, '\\0'), (37, '\\\n'), (38, '0x41'), (39, '1.10'),
  (40, '0042'), (41, '{"a": 1}'), (42, '﻿bom'), (43, ' '), (44, '�'), (45, '\x7f'), (46, '$$'), (47, 'DELIMITER ;;'), (48, '<b>&amp;</b>'),
  (49, '\N'), (50, 'null'), (51, 'true'), (52, '(1,2),(3,4)'), (53, '縗'), (54, 'NaN'), (55, '\'),(\'');
UPDATE texts SET c = LEFT(v, 30), tt = v, t = v, mt = v, lt = v WHERE v IS NOT NULL AND id % 2 = 0;
UPDATE texts SET n = 'nö', c = 'blanks   ', lt = REPEAT(CONCAT(v, 'long 中文 '' " \\ line\n'), 3000) WHERE id = 30;

CREATE TABLE charsets (
  id INT PRIMARY KEY, utf8mb3 VARCHAR(40) CHARACTER SET utf8mb3, latin1 VARCHAR(40) CHARACTER SET latin1, latin2 VARCHAR(40) CHARACTER SET latin2,
  gbk VARCHAR(40) CHARACTER SET gbk, gb2312 VARCHAR(40) CHARACTER SET gb2312, cp932 VARCHAR(40) CHARACTER SET cp932, sjis VARCHAR(40) CHARACTER SET sjis,
  big5 VARCHAR(40) CHARACTER SET big5, ujis VARCHAR(40) CHARACTER SET ujis, eucjpms VARCHAR(40) CHARACTER SET eucjpms, euckr VARCHAR(40) CHARACTER SET euckr,
  cp1251 VARCHAR(40) CHARACTER SET cp1251, koi8r VARCHAR(40) CHARACTER SET koi8r, cp1256 VARCHAR(40) CHARACTER SET cp1256, greek VARCHAR(40) CHARACTER SET greek,
  hebrew VARCHAR(40) CHARACTER SET hebrew, cp850 VARCHAR(40) CHARACTER SET cp850, ascii VARCHAR(40) CHARACTER SET ascii, latin1_enum ENUM('é', 'ü') CHARACTER SET latin1,
  gbk_text TEXT CHARACTER SET gbk
);
INSERT INTO charsets VALUES
  (1, '中文é€', 'é€ÿ''\\', 'łóżś', '縗\\中文''', '中文', 'ソ表能\\''', 'ソ表能', '功許蓋\\', '日本', '日本', '한국어', 'привет', 'привет', 'مرحبا', 'γειά', 'שלום', 'é', 'plain', 'é', '縗縗縗"''\\'),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', 'ü', ''),
  (4, '\n', '\n', '"', '"', '\\', '"', '"', '"', '\\', '"', '\\', '"', '\\', '\n', '"', '\\', '\n', '"', 'é', '\n');
INSERT INTO charsets (id, latin1, cp932) VALUES (5, UNHEX('E9808182FF'), '①㈱');

CREATE TABLE wide_charsets (
  id INT PRIMARY KEY, ucs2 VARCHAR(40) CHARACTER SET ucs2, utf16 VARCHAR(40) CHARACTER SET utf16, utf16le VARCHAR(40) CHARACTER SET utf16le,
  utf32 VARCHAR(40) CHARACTER SET utf32, t TEXT CHARACTER SET utf16
);
INSERT INTO wide_charsets VALUES (1, '中文é', '😀é', '😀\\''', '😀', '表ਊ∢✧屜'), (2, NULL, NULL, NULL, NULL, NULL), (3, '', '', '', '', ''), (4, '\\', '"', '\n', '\n', '\\'), (5, '''', '\t', '\0', '\Z', ',');

CREATE TABLE all_latin1 (id INT PRIMARY KEY, t TEXT) DEFAULT CHARSET=latin1;
INSERT INTO all_latin1 VALUES (1, 'é ü ß €'), (2, ''), (3, NULL);
CREATE TABLE all_gbk (id INT PRIMARY KEY, t TEXT, v VARCHAR(20) CHARACTER SET utf8mb4) DEFAULT CHARSET=gbk;
INSERT INTO all_gbk VALUES (1, '縗中文\\', '縗\\''"'), (2, '', ''), (3, NULL, NULL), (4, '縗''', '縗"'), (5, '誠', '\n縗'), (6, '中"', '中"'), (7, '縗"', '中\\'), (8, '"中', '中''');
CREATE TABLE some_gbk (id INT PRIMARY KEY, g TEXT CHARACTER SET gbk, t TEXT, j LONGTEXT CHECK (json_valid(j)));
INSERT INTO some_gbk VALUES (1, '縗', '中"', '"中\\""'), (2, '縗"', '縗\\', '{"中": "縗"}'), (3, '縗\\', '中''', NULL);
