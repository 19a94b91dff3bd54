CREATE TABLE t (j json);
INSERT INTO t VALUES ('{"é":1,"\\u00e9":2}'),('{"😀":1,"\\ud83d\\ude00":2}'),('{"\\u00e9":1,"e":2}');
