CREATE TABLE public.t (id integer, b boolean);
INSERT INTO public.t VALUES (1,1);
