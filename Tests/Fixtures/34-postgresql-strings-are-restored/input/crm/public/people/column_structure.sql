CREATE TABLE public.people (
  id bigint NOT NULL,
  ok boolean,
  score numeric(10,3),
  raw bytea,
  tags text[],
  seen timestamp with time zone,
  doc jsonb
);
