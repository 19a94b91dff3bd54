CREATE TABLE public.t (id integer, v text, w text);
