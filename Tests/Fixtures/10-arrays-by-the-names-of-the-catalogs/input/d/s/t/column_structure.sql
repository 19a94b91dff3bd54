CREATE TABLE s.t (a _int4, b _text, c _jsonb, d _date, e s._n, f _box);
