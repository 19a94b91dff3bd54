SET client_encoding = 'UTF8';
CREATE TABLE public.k (a integer, s text);
BEGIN;
SET LOCAL client_encoding = 'LATIN1';
SET LOCAL standard_conforming_strings TO off;
INSERT INTO public.k VALUES (1, 'é\t');
COMMIT;
INSERT INTO public.k VALUES (2, 'Ã©\t');
BEGIN;
SET client_encoding TO LATIN1;
ROLLBACK;
INSERT INTO public.k VALUES (3, 'Ã©');
\encoding LATIN1
INSERT INTO public.k VALUES (4, 'é');
SELECT pg_catalog.set_config('client_encoding', 'UTF8', false);
INSERT INTO public.k VALUES (5, 'Ã©');
SET standard_conforming_strings = 0;
RESET ALL;
INSERT INTO public.k VALUES (6, '\t');
