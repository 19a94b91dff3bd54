CREATE TABLE public.t (id integer, ok boolean, tags text[], doc jsonb, raw bytea, n numeric, at timestamp with time zone, b bit(3));
