-- public.items definition

-- Drop table

-- DROP TABLE public.items;

CREATE TABLE public.items (
	id int4 NOT NULL,
	"name" varchar(60) DEFAULT 'a;b'::character varying NULL,
	price numeric(10, 2) NULL,
	"open" bool DEFAULT true NOT NULL,
	doc jsonb NULL,
	seen timestamptz DEFAULT now() NULL,
	ratio float8 NULL,
	tags _text NULL,
	CONSTRAINT items_pkey PRIMARY KEY (id)
);
CREATE INDEX items_name_idx ON public.items USING btree (name);

INSERT INTO public.items (id,"name",price,"open",doc,seen,ratio,tags) VALUES
	 (1,'it''s "here" in C:\new',1.10,true,'{"a": [1.10, null]}','2026-01-01 00:00:00+00',0.1,'{a,"b,c"}'),
	 (2,'two
lines; 中 😀',-0.50,false,NULL,NULL,'NaN',NULL),
	 (3,NULL,NULL,true,'"\\n"','infinity',1e+300,'{}');
