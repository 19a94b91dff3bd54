-- Every column type of the MySQL family, at both of its ends.
CREATE DATABASE truth_types CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
USE truth_types;

CREATE TABLE integers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, su SMALLINT UNSIGNED, m MEDIUMINT, mu MEDIUMINT UNSIGNED,
  i INT, iu INT UNSIGNED, b BIGINT, bu BIGINT UNSIGNED, yes BOOLEAN,
  z INT(8) ZEROFILL, zb BIGINT(20) UNSIGNED ZEROFILL, z3 TINYINT(3) ZEROFILL
);
INSERT INTO integers VALUES
  (1, -128, 0, -32768, 0, -8388608, 0, -2147483648, 0, -9223372036854775808, 0, 0, 0, 0, 0),
  (2, 127, 255, 32767, 65535, 8388607, 16777215, 2147483647, 4294967295, 9223372036854775807, 18446744073709551615, 1, 42, 18446744073709551615, 7),
  (3, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, -128, 99999999, 10, 100),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (5, -1, 10, -10, 100, -100, 1000, -1000, 10000, -9007199254740993, 9007199254740993, 2, 4294967295, 1, 255);

CREATE TABLE decimals (
  id INT PRIMARY KEY, widest DECIMAL(65,30), whole DECIMAL(65,0), small DECIMAL(3,2), none DECIMAL,
  filled DECIMAL(10,2) ZEROFILL, positive DECIMAL(20,10) UNSIGNED, numeric_name NUMERIC(12,4), fixed_name FIXED(5,1)
);
INSERT INTO decimals VALUES
  (1, 99999999999999999999999999999999999.999999999999999999999999999999, 99999999999999999999999999999999999999999999999999999999999999999, 1.10, 1234567890, 1.5, 0.0000000001, 0.1000, -0.5),
  (2, -99999999999999999999999999999999999.999999999999999999999999999999, -99999999999999999999999999999999999999999999999999999999999999999, -9.99, -1, 0, 9999999999.9999999999, -12345678.9000, 9999.9),
  (3, 0.000000000000000000000000000001, 0, 0, 0, 12345678.99, 0, 0, 0),
  (4, -0.000000000000000000000000000001, 1, -0.01, 7, 0.01, 1, 100, 1),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE floats (
  id INT PRIMARY KEY, f FLOAT, d DOUBLE, fd FLOAT(7,4), dd DOUBLE(20,5), fz FLOAT ZEROFILL, du DOUBLE UNSIGNED
);
INSERT INTO floats VALUES
  (1, 3.402823466e38, 1.7976931348623157e308, 999.0001, 123456789012345.12345, 1.5, 1e300),
  (2, -3.402823466e38, -1.7976931348623157e308, -999.0001, -0.00001, 0, 0),
  (3, 1.175494351e-38, 2.2250738585072014e-308, 0.1, 0.1, 1e10, 5e-324),
  (4, 0.1, 0.1, 0, 0, 123456, 0.30000000000000004), (5, -0e0, -0e0, -0e0, -0e0, 0.25, 1e-7),
  (6, 16777217, 9007199254740993, 1, 1e14, 1e-5, 1e15), (7, NULL, NULL, NULL, NULL, NULL, NULL),
  (8, 1e-20, 1e100, 100, 100, 1e-20, 123456789.123456789);
INSERT INTO floats (id, f, d) VALUES (9, '-0', '-0'), (10, 1e-7, -1.5e-10);

CREATE TABLE bits (
  id INT PRIMARY KEY, b1 BIT(1), b5 BIT(5), b7 BIT(7), b8 BIT(8), b12 BIT(12), b16 BIT(16), b32 BIT(32), b39 BIT(39), b53 BIT(53), b64 BIT(64)
);
INSERT INTO bits VALUES
  (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  (2, 1, 31, 127, 255, 4095, 65535, 4294967295, 549755813887, 9007199254740991, 18446744073709551615),
  (3, 1, 10, 39, 39, x'0227', x'275C', x'22270A5C', x'0A275C2200', x'0D0A27225C0000', x'27225C0A0D001A2C'),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (5, 0, 13, 34, 34, x'0C22', x'2C22', x'28292C3B', x'002D2D2020', x'002A2F2F2A0A0A', x'5C4E5C4E5C4E5C4E'),
  (6, 1, 9, 92, 92, x'0D5C', x'5C27', x'5C5C5C5C', x'5C5C5C5C5C', x'1A1A1A1A1A1A1A', x'E4B8ADE69687C3A9'),
  (7, 0, 26, 10, 10, x'000A', x'0A0A', x'0A0A0A0A', x'0A0A0A0A0A', x'0A0A0A0A0A0A0A', x'8000000000000001'),
  (8, 1, 0, 0, 26, x'0100', x'0030', x'30303030', x'3030303030', x'00303030303030', x'3132333435363738');

CREATE TABLE moments (
  id INT PRIMARY KEY, d DATE, dt DATETIME, dt3 DATETIME(3), dt6 DATETIME(6), ts TIMESTAMP NULL, ts6 TIMESTAMP(6) NULL,
  t TIME, t6 TIME(6), y YEAR
);
SET time_zone = '+00:00';
INSERT INTO moments VALUES
  (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00.000', '0000-00-00 00:00:00.000000', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '-838:59:59', '-838:59:59.999999', 0),
  (2, '9999-12-31', '9999-12-31 23:59:59', '9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', '2038-01-19 03:14:07.999999', '838:59:59', '838:59:59.999999', 2155),
  (3, '2024-00-00', '2024-00-00 00:00:00', '2024-05-00 12:30:00.5', '0000-01-01 00:00:00.000001', '1970-01-01 00:00:01', '1970-01-01 00:00:01.000001', '00:00:00', '-00:00:00.000001', 1901),
  (4, '0001-01-01', '1000-01-01 00:00:00', '2024-02-29 23:59:59.001', '2024-02-29 23:59:59.100000', '2024-03-31 01:30:00', '2024-10-27 01:30:00.5', '-00:00:01', '100:00:00.1', 1970),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE labels (
  id INT PRIMARY KEY,
  e ENUM('plain', 'a,b', 'it''s', '"double"', 'back\\slash', '', '中文', 'NULL', ' lead', '0', 'two\nlines', ');'),
  s SET('plain', 'it''s', '"double"', 'back\\slash', '中文', '0', 'a b', ');')
);
INSERT INTO labels VALUES (1, 'a,b', ''), (2, 'it''s', 'it''s,"double"'), (3, '"double"', 'plain,back\\slash,中文'), (4, 'back\\slash', '0'),
  (5, '', 'plain'), (6, '中文', 'a b,);'), (7, 'NULL', 'it''s'), (8, ' lead', NULL), (9, NULL, NULL), (10, '0', '0,a b'), (11, 'two\nlines', ');'),
  (12, ');', 'plain,it''s,"double",back\\slash,中文,0,a b,);');
INSERT INTO labels (id, e) VALUES (13, 0);

CREATE TABLE bytes (
  id INT PRIMARY KEY, b1 BINARY(1), b16 BINARY(16), v VARBINARY(300), tb TINYBLOB, bl BLOB, mb MEDIUMBLOB, lb LONGBLOB,
  chars CHAR(10) BYTE, vb VARCHAR(20) BINARY
);
SET @all = '';
INSERT INTO bytes VALUES
  (1, '', '', '', '', '', '', '', '', ''), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, x'00', x'000102030405060708090A0B0C0D0E0F', x'00', x'27', x'22', x'5C', x'5C27', x'27', 'binary collation'),
  (4, x'FF', x'F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF', x'FF', x'C3', x'C328', x'E28228', x'F0288CBC', x'80', 'é'),
  (5, 'a', 'looks like text', 'looks like text', 'NULL', '\\N', '0x41', 'x''41''', 'text', 'NULL'),
  (6, x'0A', x'0D0A1A00275C2260', x'0D0A', x'1A', x'2829', x'2C', x'3B0A2D2D20', x'5C30', '中文'),
  (7, x'5C', x'5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C', x'5C5C', x'275C', x'2A2F', x'00000000', x'4E554C4C', x'00', '');
DELIMITER $$
BEGIN NOT ATOMIC
  DECLARE n INT DEFAULT 0;
  SET @all = CAST('' AS BINARY);
  WHILE n < 256 DO SET @all = CONCAT(@all, UNHEX(LPAD(HEX(n), 2, '0'))); SET n = n + 1; END WHILE;
END $$
DELIMITER ;
INSERT INTO bytes (id, v, bl, mb, lb) VALUES (8, @all, @all, REVERSE(@all), REPEAT(@all, 40)), (9, REPEAT('\\', 300), REPEAT('''', 999), REPEAT('"', 999), REPEAT(x'00', 70000));

CREATE TABLE documents (id INT PRIMARY KEY, j JSON, checked LONGTEXT CHECK (json_valid(checked)), t LONGTEXT);
INSERT INTO documents VALUES
  (1, '{}', '[]', '{}'), (2, 'null', 'true', 'null'), (3, '"text"', '1.10', '1.10'), (4, NULL, NULL, NULL),
  (5, '{"a": 1.10, "b": [1e400, -0, 0.1e-7, 12345678901234567890123]}', '[1, [2, [3, {"x": null}]]]', '[1]'),
  (6, '{"same": 1, "same": 2}', '{"deep": [{"k": 1, "k": 1}]}', '{}'), (7, '{"é": "中文 😀", "esc": "\\ud83d\\ude00 \\u0000 \\n \\/ \\""}', '"\\u00e9"', ''),
  (8, '{ "spaces" :  [ 1 ,\n\t2 ] }', '\n[\n]\n', ' '), (9, '{"it''s": "\\\\"}', '" \\\\\\" "', '\\'),
  (10, '{"__proto__": 1, "": 2, " ": 3}', '{"b": 1, "a": 2}', 'a'), (11, '-0.0', '0', '-0'), (12, '[]', '{"a":{"b":{"c":[[[[[[1]]]]]]}}}', '');

CREATE TABLE shapes (id INT PRIMARY KEY, g GEOMETRY, p POINT, l LINESTRING, pg POLYGON, mp MULTIPOINT, gc GEOMETRYCOLLECTION);
INSERT INTO shapes VALUES
  (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(-0.1 1e300)', 4326), ST_GeomFromText('LINESTRING(0 0,1 1,2 2)'), ST_GeomFromText('POLYGON((0 0,0 5,5 5,0 0))'), ST_GeomFromText('MULTIPOINT(1 1,39 92)'), ST_GeomFromText('GEOMETRYCOLLECTION(POINT(10 10),LINESTRING(34 39,92 0))')),
  (2, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE addresses (id INT PRIMARY KEY, u UUID, v6 INET6, v4 INET4);
INSERT INTO addresses VALUES (1, '00112233-4455-6677-8899-aabbccddeeff', '::1', '127.0.0.1'), (2, NULL, NULL, NULL),
  (3, 'ffffffff-ffff-ffff-ffff-ffffffffffff', '::ffff:192.0.2.128', '255.255.255.255'), (4, '275c220a-0d00-1a2c-2728-295c4e3b2d2d', '2001:db8::ff00:42:8329', '39.92.34.10');

CREATE TABLE computed (
  id INT PRIMARY KEY, price DECIMAL(10,2), stored_sum DECIMAL(12,3) AS (price * 1.5) STORED, label VARCHAR(40) AS (CONCAT('no. ', id)) VIRTUAL,
  after_them VARCHAR(20), doubled BIGINT GENERATED ALWAYS AS (id * 2) VIRTUAL
);
INSERT INTO computed (id, price, after_them) VALUES (1, 1.10, 'x'), (2, NULL, NULL), (3, 0, 'it''s');

CREATE TABLE hidden (id INT PRIMARY KEY, shown VARCHAR(10), secret INT INVISIBLE DEFAULT 7, last VARCHAR(10));
INSERT INTO hidden (id, shown, secret, last) VALUES (1, 'a', 1, 'b'), (2, NULL, NULL, NULL);

CREATE TABLE compressed (id INT PRIMARY KEY, t TEXT COMPRESSED, v VARCHAR(500) COMPRESSED=zlib, b BLOB COMPRESSED);
INSERT INTO compressed VALUES (1, REPEAT('abc中', 200), REPEAT('x', 400), REPEAT(x'00FF', 300)), (2, NULL, '', ''), (3, '', NULL, x'5C27');

CREATE TABLE wide_defaults (
  id INT PRIMARY KEY COMMENT 'a comment; with ''quotes'', (parentheses), "names" and INSERT INTO nothing VALUES (1);',
  a VARCHAR(30) NOT NULL DEFAULT 'it''s (a, b); `tick`', b ENUM('x,y', ')') DEFAULT ')' COMMENT 'ENUM(''z'')', c INT DEFAULT (1 + 2) CHECK (c > 0 AND c < 100),
  d DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, e DOUBLE DEFAULT -1.5e-3, f CHAR(3) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT '''',
  UNIQUE KEY `odd key (a)` (a, b), KEY prefix (a(5)), FULLTEXT KEY words (a), CONSTRAINT `c,heck` CHECK (a <> 'x)' AND b IN ('x,y', ')'))
) COMMENT='CREATE TABLE no (id INT); -- not a table';
INSERT INTO wide_defaults VALUES (1, 'CREATE TABLE x (y INT);', 'x,y', 3, '2024-01-01 00:00:00', 0, ''), (2, 'INSERT INTO y VALUES (1);', ')', NULL, NULL, NULL, NULL);

CREATE TABLE many_columns (id INT PRIMARY KEY);
DELIMITER $$
BEGIN NOT ATOMIC
  DECLARE n INT DEFAULT 0;
  SET @columns = '';
  WHILE n < 300 DO SET @columns = CONCAT(@columns, ', ADD COLUMN c', n, ' INT'), n = n + 1; END WHILE;
  EXECUTE IMMEDIATE CONCAT('ALTER TABLE many_columns ', SUBSTR(@columns, 3));
END $$
DELIMITER ;
INSERT INTO many_columns (id, c0, c299) VALUES (1, 5, 6), (2, NULL, -7);

CREATE TABLE parts (id INT NOT NULL, at DATE NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (YEAR(at)) (PARTITION old VALUES LESS THAN (2020), PARTITION new VALUES LESS THAN MAXVALUE);
INSERT INTO parts VALUES (1, '2019-01-01'), (2, '2024-01-01');

CREATE TABLE nothing_here (id INT PRIMARY KEY, t TEXT);
CREATE TABLE one_column (t TEXT);
INSERT INTO one_column VALUES (NULL), (''), ('NULL'), ('\\N'), ('a'), ('\n');
CREATE TABLE in_myisam (id INT PRIMARY KEY, t VARCHAR(20)) ENGINE=MyISAM;
INSERT INTO in_myisam VALUES (1, 'one'), (2, NULL);
