SET standard_conforming_strings = on;
CREATE TABLE public.t (a character(2));
INSERT INTO public.t VALUES ('abc');
