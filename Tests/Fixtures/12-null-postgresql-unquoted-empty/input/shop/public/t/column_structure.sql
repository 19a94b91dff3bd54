CREATE TABLE public.t (a text, b text, c integer);
