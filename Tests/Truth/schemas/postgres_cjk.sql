-- Text whose second bytes in GBK, SJIS and BIG5 are backslashes, quotes' neighbours and pipes.
CREATE TABLE chinese (id integer PRIMARY KEY, t text, a text[]);
INSERT INTO chinese VALUES (1, '縗誠中文', '{縗,"誠 x"}'), (2, E'縗\\縗''縗"縗\n縗\t', '{}'), (3, NULL, NULL), (4, '', '{""}'), (5, '縗', '{縗}');
CREATE TABLE japanese (id integer PRIMARY KEY, t text);
INSERT INTO japanese VALUES (1, 'ソ表能十'), (2, E'ソ\\ソ''表"能\n表\t'), (3, NULL), (4, '表');
CREATE TABLE traditional (id integer PRIMARY KEY, t text);
INSERT INTO traditional VALUES (1, '功許蓋'), (2, E'功\\許''蓋"功\n許\t'), (3, NULL), (4, '功');
