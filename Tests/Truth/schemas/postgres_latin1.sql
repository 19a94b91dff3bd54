-- Only characters that LATIN1 has, for dumps in other client encodings.
CREATE TABLE latin (id integer PRIMARY KEY, "größe" text, a text[], j jsonb, c character(5));
INSERT INTO latin VALUES (1, 'é ü ß ñ ÿ', '{é,"ü x"}', '{"é": "ü"}', 'é'), (2, '', '{}', NULL, ''), (3, NULL, NULL, NULL, NULL), (4, E'tab\t nl\n \\ é', NULL, '["ÿ"]', 'ab');
