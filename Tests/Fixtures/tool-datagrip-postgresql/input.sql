create table public.items
(
    id    serial
        primary key,
    name  varchar(60) default 'a;b'::character varying,
    price numeric(10, 2),
    open  boolean     default true not null,
    doc   jsonb,
    seen  date
);

alter table public.items
    owner to postgres;

create index items_name
    on public.items (name);

INSERT INTO public.items (id, name, price, open, doc, seen) VALUES (1, 'it''s "here" in C:\new', 1.10, true, '{"a": [1.10, null]}', '2026-01-01');
INSERT INTO public.items (id, name, price, open, doc, seen) VALUES (2, 'two
lines; 中 😀', -0.50, false, null, null);
insert into public.items (id, name, price, open, doc, seen)
values  (3, null, null, true, '"\\n"', 'infinity');
