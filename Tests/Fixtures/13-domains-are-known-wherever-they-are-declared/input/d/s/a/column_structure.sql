CREATE TABLE s.a (x s.k, n s.n, ns s.n[], m s.mood);
