CREATE TABLE public.t (id integer, j json);
INSERT INTO public.t VALUES (1,'"\u-000"'),(2,'"\u+041"'),(3,'"\u00e9"'),(4,'"\u00g0"');
