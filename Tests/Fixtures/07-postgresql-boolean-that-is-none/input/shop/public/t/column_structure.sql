CREATE TABLE public.t (id integer, b boolean);
