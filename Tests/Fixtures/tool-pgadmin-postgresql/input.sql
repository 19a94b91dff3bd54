--
-- PostgreSQL database dump
--

\restrict 9hPTyKgXRCDRcZ2AVAcQdl2Gg4a2gbJf0JzFVDFmsSRlgqRrUuTzdS5rmaPv0Yb

-- Dumped from database version 15.14
-- Dumped by pg_dump version 17.6

-- Started on 2026-01-01 00:00:00 UTC

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- TOC entry 215 (class 1259 OID 16386)
-- Name: items; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.items (
    id integer NOT NULL,
    name character varying(60) DEFAULT 'a;b'::character varying,
    price numeric(10,2),
    open boolean DEFAULT true NOT NULL,
    doc jsonb,
    seen timestamp with time zone,
    twice numeric GENERATED ALWAYS AS ((price * (2)::numeric)) STORED
);


ALTER TABLE public.items OWNER TO postgres;

--
-- TOC entry 3347 (class 0 OID 16386)
-- Dependencies: 215
-- Data for Name: items; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.items (id, name, price, open, doc, seen) VALUES (1, 'it''s "here" in C:\new', 1.10, true, '{"a": [1.10, null]}', '2026-01-01 00:00:00+00');
INSERT INTO public.items (id, name, price, open, doc, seen) VALUES (2, 'two
lines; 中 😀', -0.50, false, NULL, NULL);
INSERT INTO public.items (id, name, price, open, doc, seen) VALUES (3, NULL, NULL, true, '"\\n"', 'infinity');


--
-- TOC entry 3204 (class 2606 OID 16394)
-- Name: items items_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.items
    ADD CONSTRAINT items_pkey PRIMARY KEY (id);


-- Completed on 2026-01-01 00:00:00 UTC

--
-- PostgreSQL database dump complete
--

\unrestrict 9hPTyKgXRCDRcZ2AVAcQdl2Gg4a2gbJf0JzFVDFmsSRlgqRrUuTzdS5rmaPv0Yb

