-- What only Oracle's MySQL 9 has, or does otherwise than MariaDB.
CREATE DATABASE truth_mysql9 CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
USE truth_mysql9;

CREATE TABLE documents (id INT PRIMARY KEY, j JSON, checked JSON CHECK (JSON_TYPE(checked) <> 'NULL'), t LONGTEXT CHECK (t IS NULL OR JSON_VALID(t)));
INSERT INTO documents VALUES (1, '{}', '[]', '{}'), (2, 'null', 'true', 'null'), (3, '"text"', '1.10', '1.10'), (4, NULL, NULL, NULL),
  (5, '{"b": 1.10, "a": [1e300, -0, 0.1e-7, 12345678901234567890]}', '[1, [2, [3, {"x": null}]]]', '[1]'), (6, '{"same": 1, "same": 2}', '{"deep": [{"k": 1, "k": 1}]}', '{}'),
  (7, '{"é": "中文 😀", "esc": "\\ud83d\\ude00 \\u0000 \\n \\/ \\""}', '"\\u00e9"', NULL), (8, CAST(x'00FF275C' AS JSON), CAST(ST_GeomFromText('POINT(1 2)') AS JSON), NULL),
  (9, CAST(CAST('2024-02-29 12:34:56.789' AS DATETIME(6)) AS JSON), CAST(CAST('12:00:00' AS TIME) AS JSON), NULL), (10, CAST(CAST(1.100 AS DECIMAL(20,10)) AS JSON), CAST(18446744073709551615 AS JSON), NULL),
  (11, CAST(b'0101' AS JSON), '"it''s \\\\ \\" `"', NULL), (12, '{"": 1, " ": 2, "\\n": "\\t"}', '-1.5e-300', NULL);
CREATE TABLE many_values (id INT PRIMARY KEY, j JSON, KEY zips ((CAST(j->'$.zip' AS UNSIGNED ARRAY))), KEY names ((CAST(j->>'$.name' AS CHAR(20)) COLLATE utf8mb4_bin)));
INSERT INTO many_values VALUES (1, '{"zip": [1, 2], "name": "a, (b)"}'), (2, NULL);

CREATE TABLE vectors (id INT PRIMARY KEY, v VECTOR(3), w VECTOR, big VECTOR(2048) COMMENT 'VECTOR(4)');
INSERT INTO vectors VALUES (1, STRING_TO_VECTOR('[1,-2.5,1e-10]'), STRING_TO_VECTOR('[0]'), NULL), (2, NULL, NULL, NULL), (3, x'0A275C220D1A002C5C4E5C4E', x'27275C5C', x'00000000'), (4, x'FFC3E228F0808080C328E282', NULL, TO_VECTOR('[3.4e38, -3.4e38]'));

CREATE TABLE shapes (id INT PRIMARY KEY, g GEOMETRY, p POINT NOT NULL SRID 4326, l LINESTRING SRID 0, gc GEOMETRYCOLLECTION, mp MULTIPOLYGON, ml MULTILINESTRING, SPATIAL KEY (p));
INSERT INTO shapes VALUES (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(39 92)', 4326), ST_GeomFromText('LINESTRING(0 0,1 1)'), ST_GeomFromText('GEOMETRYCOLLECTION(POINT(10 10),LINESTRING(34 39,92 0))'), ST_GeomFromText('MULTIPOLYGON(((0 0,0 5,5 5,0 0)))', 3857), ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))')),
  (2, NULL, ST_GeomFromText('POINT(-89.5 -179.5)', 4326), NULL, ST_GeomFromText('GEOMETRYCOLLECTION EMPTY'), NULL, NULL);

CREATE TABLE computed (
  id INT PRIMARY KEY, price DECIMAL(10,2), stored_sum DECIMAL(12,3) AS (price * 1.5) STORED, label VARCHAR(40) AS (CONCAT('no. ', id)) VIRTUAL, after_them VARCHAR(20),
  hidden_sum INT AS (id + 1) STORED INVISIBLE, by_default INT DEFAULT (id * 3), stamp DATETIME DEFAULT (NOW() + INTERVAL 1 DAY), KEY calculated ((id + 1), (UPPER(after_them)) DESC)
);
INSERT INTO computed (id, price, after_them, by_default, stamp) VALUES (1, 1.10, 'x', 5, '2024-01-01 00:00:00'), (2, NULL, NULL, NULL, NULL), (3, 0, 'it''s', -1, '1000-01-01 00:00:00');
CREATE TABLE hidden (id INT PRIMARY KEY, shown VARCHAR(10), secret INT DEFAULT 7 INVISIBLE, last VARCHAR(10), KEY unseen (shown) INVISIBLE);
INSERT INTO hidden (id, shown, secret, last) VALUES (1, 'a', 1, 'b'), (2, NULL, NULL, NULL);
SET sql_generate_invisible_primary_key = ON;
CREATE TABLE without_key (t VARCHAR(20), n INT);
SET sql_generate_invisible_primary_key = OFF;
INSERT INTO without_key VALUES ('a', 1), ('it''s', NULL), (NULL, 2);

CREATE TABLE moments (id INT PRIMARY KEY, d DATE, dt DATETIME(6), ts TIMESTAMP(3) NULL, t TIME(6), y YEAR);
SET time_zone = '+00:00';
INSERT INTO moments VALUES (1, '0000-00-00', '0000-00-00', '0000-00-00', '-838:59:59', 0), (2, '9999-12-31', '9999-12-31 23:59:59.499999', '2038-01-19 03:14:07.499', '838:59:59', 2155),
  (3, '2024-00-00', '2024-05-00 12:30:00.5', '1970-01-01 00:00:01', '-00:00:00.000001', 1901), (4, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE numbers (id SERIAL, f FLOAT, d DOUBLE, fd FLOAT(7,4), z INT(8) ZEROFILL, zd DECIMAL(10,2) ZEROFILL, b1 BIT, b8 BIT(8), b64 BIT(64), yes BOOL, u BIGINT UNSIGNED);
INSERT INTO numbers VALUES (1, 3.402823466e38, 1.7976931348623157e308, 999.0001, 42, 1.5, 1, 39, x'27225C0A0D001A2C', TRUE, 18446744073709551615), (2, 1e-20, -2.2250738585072014e-308, -0.1, 0, 0, 0, 92, 18446744073709551615, -128, 0),
  (3, 0.1, 0.30000000000000004, 0, 99999999, 0.01, NULL, 0, 0, NULL, NULL), (4, -0e0, -0e0, -0e0, NULL, NULL, 1, 10, 49, FALSE, 9007199254740993), (5, 16777217, 1e15, 1, 7, 7, 1, 26, 1, 2, 1);

CREATE TABLE charsets (
  id INT PRIMARY KEY, latin1 VARCHAR(40) CHARACTER SET latin1, gbk VARCHAR(40) CHARACTER SET gbk, sjis VARCHAR(40) CHARACTER SET sjis, gb18030 VARCHAR(40) CHARACTER SET gb18030, utf8mb3 VARCHAR(40) CHARACTER SET utf8mb3,
  utf16 VARCHAR(40) CHARACTER SET utf16, utf32 VARCHAR(40) CHARACTER SET utf32, ucs2 VARCHAR(40) CHARACTER SET ucs2, cp932 VARCHAR(40) CHARACTER SET cp932, big5 VARCHAR(40) CHARACTER SET big5, koi8r VARCHAR(40) CHARACTER SET koi8r,
  greek_enum ENUM('α,β', 'γ''') CHARACTER SET greek, gbk_set SET('縗', '中\\') CHARACTER SET gbk, ascii CHAR(5) CHARACTER SET ascii, bytes VARBINARY(40)
);
INSERT INTO charsets VALUES
  (1, 'é€ÿ''\\', '縗\\中文''', 'ソ表能\\''', '縗😀㐀\\"', '中文é€', '😀é', '😀', '表ਊ', '①㈱', '功許蓋\\', 'привет', 'α,β', '縗,中\\', 'plain', '縗'),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (3, '', '', '', '', '', '', '', '', '', '', '', 'γ''', '', '', ''),
  (4, UNHEX('80818DFF'), '縗"', 'ソ"', '\n\t', '"', '''', '\\', '\0', '\n', '"', '\\', 'α,β', '縗', '\\', '\0\n\r\Z"''\\');
CREATE TABLE all_latin1 (id INT PRIMARY KEY, t TEXT) DEFAULT CHARSET=latin1;
INSERT INTO all_latin1 VALUES (1, 'é ü ß €'), (2, ''), (3, NULL), (4, '\\\'"\n');
CREATE TABLE all_gbk (id INT PRIMARY KEY, t TEXT) DEFAULT CHARSET=gbk;
INSERT INTO all_gbk VALUES (1, '縗中文\\'), (2, '縗'''), (3, NULL), (4, '中"縗\n誠');
CREATE TABLE all_sjis (id INT PRIMARY KEY, t TEXT) DEFAULT CHARSET=sjis;
INSERT INTO all_sjis VALUES (1, 'ソ表能\\'), (2, 'ソ'''), (3, NULL), (4, '表"能\n');
CREATE TABLE all_gb18030 (id INT PRIMARY KEY, t TEXT) DEFAULT CHARSET=gb18030;
INSERT INTO all_gb18030 VALUES (1, '縗㐀😀\\'), (2, '縗'''), (3, NULL), (4, '中"😀\n');

CREATE TABLE parts (id INT NOT NULL, at DATE NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE COLUMNS (at) (PARTITION old VALUES LESS THAN ('2020-01-01'), PARTITION new VALUES LESS THAN (MAXVALUE));
INSERT INTO parts VALUES (1, '2019-01-01'), (2, '2024-01-01');
CREATE TABLE checks (
  id INT NOT NULL AUTO_INCREMENT COMMENT 'it''s; INSERT INTO `no` VALUES (1);', a VARCHAR(30) NOT NULL DEFAULT (CONCAT('it''s (', 'a, b)')), b INT CHECK (b > 0) /* not enforced */, c GEOMETRY DEFAULT NULL, d TEXT DEFAULT (_utf8mb4'x)'),
  PRIMARY KEY (id DESC), CONSTRAINT `c,heck` CHECK (a <> 'x)' AND b < 100) NOT ENFORCED, FULLTEXT KEY words (a) /*!50100 WITH PARSER `ngram` */
) AUTO_INCREMENT=10 COMMENT='CREATE TABLE no (id INT);';
INSERT INTO checks VALUES (1, 'a', 1, NULL, 'x'), (2, 'b', NULL, NULL, NULL), (3, 'c', 300, NULL, '');
ANALYZE TABLE checks UPDATE HISTOGRAM ON a, b WITH 4 BUCKETS;
CREATE TABLE in_memory (id INT PRIMARY KEY, t VARCHAR(20)) ENGINE=MEMORY;
INSERT INTO in_memory VALUES (1, 'one');
CREATE TABLE in_csv (id INT NOT NULL, t VARCHAR(20) NOT NULL) ENGINE=CSV;
INSERT INTO in_csv VALUES (1, 'one, "two"');
CREATE TABLE nothing_here (id INT PRIMARY KEY, t TEXT);

CREATE VIEW a_view AS SELECT id, 'INSERT INTO numbers VALUES (100);' AS fake FROM numbers;
CREATE JSON RELATIONAL DUALITY VIEW two_ways AS SELECT JSON_DUALITY_OBJECT('_id': id, 'shown': shown) FROM hidden;
CREATE LIBRARY scripts COMMENT 'it''s' LANGUAGE JAVASCRIPT AS $$
  export function f(n) { return `INSERT INTO \`hidden\` VALUES (${n}, 'it''s');` } // '
  /* INSERT INTO `hidden` VALUES (101, 'a', 1, 'b'); "
$$;
CREATE FUNCTION half(n INT) RETURNS INT DETERMINISTIC LANGUAGE JAVASCRIPT USING (scripts AS s) AS $js$ return s.f(n) + '$$;'; INSERT $js$;
DELIMITER $$
CREATE PROCEDURE refill() BEGIN INSERT INTO `hidden` VALUES (102, 'x', 1, 'y'); SELECT 'DELIMITER ;'; END $$
CREATE TRIGGER fake BEFORE INSERT ON hidden FOR EACH ROW BEGIN SET NEW.last = 'INSERT INTO `hidden` VALUES (103);'; END $$
CREATE EVENT later ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DISABLE DO BEGIN INSERT INTO `hidden` VALUES (104, 'x', 1, 'y'); END $$
DELIMITER ;
