SET client_encoding = 'UTF8';
CREATE TABLE public.k (a text, b character varying(9), c character(4), d bpchar);
INSERT INTO public.k VALUES (N'x ', n' y  ', N'z   ', N'w ');
SET standard_conforming_strings = off;
INSERT INTO public.k VALUES (N'x\\ ', N'y\  ', N'it''s', N'');
