CREATE TABLE public.t (a text);
INSERT INTO public.t VALUES ('2020-1-2'::date);
