CREATE TABLE public.t (a text);
