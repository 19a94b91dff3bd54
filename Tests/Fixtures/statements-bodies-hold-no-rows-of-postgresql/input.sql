SET client_encoding = 'UTF8';
CREATE TABLE public.k (a integer);
CREATE FUNCTION public.f() RETURNS void LANGUAGE sql BEGIN ATOMIC
INSERT INTO public.k VALUES (CASE WHEN true THEN 9 END);
INSERT INTO public.k VALUES (8);
END;
CREATE RULE r AS ON INSERT TO public.k DO ALSO (
INSERT INTO public.k VALUES (7);
UPDATE public.k SET a = 6;
);
INSERT INTO public.k VALUES (1);
