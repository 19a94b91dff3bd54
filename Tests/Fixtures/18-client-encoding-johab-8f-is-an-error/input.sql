--
-- PostgreSQL database dump
--

SET client_encoding = 'JOHAB';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text
);

INSERT INTO public.t VALUES ('àa');
INSERT INTO public.t VALUES ('è{ ');


--
-- PostgreSQL database dump complete
--
