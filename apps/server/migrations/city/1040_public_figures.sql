-- What the city publishes of its interest subsidies: figures that no single enterprise can be read out of.

create table public_figure (
  quarter text primary key,
  enterprises integer not null check (enterprises > 0),
  loans integer not null check (loans > 0),
  interest_fen bigint not null check (interest_fen >= 0),
  claims integer not null check (claims > 0),
  days bigint not null,
  payments integer not null,
  published_on date not null
);
comment on table public_figure is 'As published, quarter by quarter of the settlement day; the row with an empty quarter is all published quarters together. A quarter that is not here was never safe to publish.';
comment on column public_figure.interest_fen is 'Subsidies that arrived, to the fen; rounded where they are shown';
comment on column public_figure.claims is 'Claims that were paid: what days is the sum over';
comment on column public_figure.days is 'From settlement of the interest to payment, calendar days, summed over claims';
comment on column public_figure.payments is 'Payments to enterprises that the row covers: it is replaced only when so many more were made that no single one can be told from the difference';
