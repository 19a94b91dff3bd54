-- SQL Manager for PostgreSQL 6.5.2
-- ---------------------------------------
-- Host      : localhost
-- Database  : shop
-- Version   : PostgreSQL 15.5 on x86_64-pc-linux-gnu, 64-bit


SET check_function_bodies = false;
--
-- Structure for table items (OID = 16386) :
--
CREATE TABLE public.items (
    id integer NOT NULL,
    name varchar(60) DEFAULT 'a;b'::character varying,
    price numeric(10,2),
    open boolean DEFAULT true NOT NULL,
    doc jsonb
)
WITH (autovacuum_enabled = true);
--
-- Definition for function refill (OID = 16394) :
--
CREATE FUNCTION public.refill (
)
RETURNS void
AS
$body$
BEGIN
  INSERT INTO public.items (id) VALUES (100);
END
$body$
LANGUAGE plpgsql;
--
-- Data for table public.items (OID = 16386) (LIMIT 0,3)
--

INSERT INTO items (id, name, price, open, doc)
VALUES (1, 'it''s "here" in C:\new', 1.10, True, '{"a": [1.10, null]}');

INSERT INTO items (id, name, price, open, doc)
VALUES (2, E'two\nlines; 中 😀', -0.50, False, NULL);

INSERT INTO items (id, name, price, open, doc)
VALUES (3, NULL, NULL, True, '"\\n"');

--
-- Definition for index items_pkey (OID = 16395) :
--
ALTER TABLE ONLY items
    ADD CONSTRAINT items_pkey
    PRIMARY KEY (id);
--
-- Comments
--
COMMENT ON COLUMN public.items.name IS 'it''s; a "name"';
