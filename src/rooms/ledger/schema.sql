-- ledger: the money of a fund, double entry, append-only, chained. A book is one bank account of a
-- fund: main, or LTC (long-term care) which is apart. Amounts of lines: debit > 0, credit < 0; the
-- lines of an entry add up to zero, and the database refuses to seal one that does not. Nothing sealed
-- is changed or deleted: a mistake is reversed by another entry.

CREATE TABLE ledger_book (
    id ledger_book_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    book code NOT NULL CHECK (book IN ('main', 'ltc')),
    opened_on date NOT NULL,
    bank_name text,
    bank_branch text,
    bank_account_name text,
    bank_account_no text,
    is_taken_over flag NOT NULL,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, book)
);

-- What is in the bank by the book. The posting moves it; the database refuses to go below zero.
CREATE TABLE ledger_balance (
    book_id ledger_book_id PRIMARY KEY REFERENCES ledger_book (id),
    left_satang satang NOT NULL CHECK (left_satang >= 0)
);

-- The last number given in a book and fiscal year: advanced by the posting itself, so no gap and no
-- double.
CREATE TABLE ledger_counter (
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    fy fiscal_year NOT NULL,
    last int NOT NULL CHECK (last >= 0),
    PRIMARY KEY (book_id, fy)
);

-- Whether an agreement is needed before paying, by support type and owner type; NULL is "every". The
-- most exact row in force wins. From reference/agreement_rules.tsv, dated data.
CREATE TABLE ledger_agreement_rule (
    id ledger_agreement_rule_id PRIMARY KEY,
    support_type_code code REFERENCES support_type (code),
    owner_type_code code REFERENCES owner_type (code),
    is_needed flag NOT NULL,
    fy_from fiscal_year,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note_th text
);

-- Money promised to an approved project: held until it is paid or released. left_satang is what may
-- still be paid, and the database refuses to pay more.
CREATE TABLE ledger_commitment (
    id ledger_commitment_id PRIMARY KEY,
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    fy fiscal_year NOT NULL,
    project_code code NOT NULL,
    title text NOT NULL,
    owner_name text,
    support_type_code code NOT NULL REFERENCES support_type (code),
    owner_type_code code NOT NULL REFERENCES owner_type (code),
    issue_code code,
    approved_on date NOT NULL,
    approved_in text NOT NULL,
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    paid_before_satang satang NOT NULL CHECK (paid_before_satang >= 0),
    left_satang satang NOT NULL CHECK (left_satang >= 0),
    needs_agreement flag NOT NULL,
    agreement_no text,
    agreement_on date,
    is_released flag NOT NULL,
    is_entered_later flag NOT NULL,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (book_id, project_code),
    CHECK (paid_before_satang + left_satang <= amount_satang)
);
CREATE INDEX ledger_commitment_book ON ledger_commitment (book_id, fy, id);

CREATE TABLE ledger_instalment (
    commitment_id ledger_commitment_id NOT NULL REFERENCES ledger_commitment (id),
    position int NOT NULL CHECK (position >= 1),
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    left_satang satang NOT NULL CHECK (left_satang >= 0),
    due_on date,
    PRIMARY KEY (commitment_id, position),
    CHECK (left_satang <= amount_satang)
);

-- An entry. seq is its place in the chain of the book, across years; number counts in the year.
CREATE TABLE ledger_entry (
    id ledger_entry_id PRIMARY KEY,
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    fy fiscal_year NOT NULL,
    number int NOT NULL CHECK (number > 0),
    kind code NOT NULL CHECK (kind IN ('opening', 'receipt', 'payment', 'reversal')),
    entry_date date NOT NULL,
    recorded_at instant NOT NULL,
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    source code CHECK (source IN ('nhso', 'local', 'interest', 'donation', 'refund')),
    support_type_code code,
    issue_code code,
    commitment_id ledger_commitment_id REFERENCES ledger_commitment (id),
    instalment int,
    project_code code,
    reference text,
    reversal_of ledger_entry_id REFERENCES ledger_entry (id),
    is_entered_later flag NOT NULL,
    account_no int,
    grant_no int,
    UNIQUE (book_id, fy, number),
    CHECK (CASE WHEN kind = 'receipt' THEN source IS NOT NULL ELSE source IS NULL END),
    CHECK (CASE WHEN kind = 'payment' THEN commitment_id IS NOT NULL ELSE 1 = 1 END),
    CHECK (CASE WHEN kind = 'reversal' THEN reversal_of IS NOT NULL ELSE reversal_of IS NULL END)
);
CREATE UNIQUE INDEX ledger_entry_reversed ON ledger_entry (reversal_of) WHERE reversal_of IS NOT NULL;
CREATE INDEX ledger_entry_date ON ledger_entry (book_id, entry_date, id);
CREATE INDEX ledger_entry_commitment ON ledger_entry (commitment_id) WHERE commitment_id IS NOT NULL;

-- Words of an entry that may hold names: only their salted hashes are in the chain, so that the words
-- can be erased after their legal term and the chain still holds.
CREATE TABLE ledger_entry_text (
    entry_id ledger_entry_id PRIMARY KEY REFERENCES ledger_entry (id),
    salt text NOT NULL,
    memo text,
    memo_hash text NOT NULL,
    party text,
    party_hash text NOT NULL,
    reason text,
    reason_hash text NOT NULL
);

CREATE TABLE ledger_line (
    entry_id ledger_entry_id NOT NULL REFERENCES ledger_entry (id),
    position int NOT NULL CHECK (position >= 1),
    account code NOT NULL REFERENCES money_account (code),
    amount_satang satang NOT NULL CHECK (amount_satang <> 0),
    PRIMARY KEY (entry_id, position)
);

-- The chain: an entry is in the book when it is sealed. docs/ledger-chain.md states what is hashed.
CREATE TABLE ledger_seal (
    entry_id ledger_entry_id PRIMARY KEY REFERENCES ledger_entry (id),
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    seq int NOT NULL CHECK (seq > 0),
    prev_hash text NOT NULL,
    hash text NOT NULL,
    UNIQUE (book_id, seq)
);

-- The last seal of each book in a row of its own, so that a missing last entry is found.
CREATE TABLE ledger_head (
    book_id ledger_book_id PRIMARY KEY REFERENCES ledger_book (id),
    seq int NOT NULL CHECK (seq >= 0),
    hash text NOT NULL
);

-- What happened to a commitment, append-only: left_satang follows from it.
CREATE TABLE ledger_commitment_move (
    id ledger_commitment_move_id PRIMARY KEY,
    commitment_id ledger_commitment_id NOT NULL REFERENCES ledger_commitment (id),
    kind code NOT NULL CHECK (kind IN ('open', 'paid_before', 'pay', 'unpay', 'release')),
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    instalment int,
    entry_id ledger_entry_id REFERENCES ledger_entry (id),
    on_date date NOT NULL,
    recorded_at instant NOT NULL
);
CREATE INDEX ledger_commitment_move_of ON ledger_commitment_move (commitment_id, id);

-- A closed month: nothing dated in it, or before it, is booked any more. Never reopened.
CREATE TABLE ledger_close (
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    closed_through date NOT NULL,
    balance_satang satang NOT NULL CHECK (balance_satang >= 0),
    seq int NOT NULL,
    account_no int,
    grant_no int,
    recorded_at instant NOT NULL,
    PRIMARY KEY (book_id, closed_through)
);

-- A receipt or payment being prepared: every field as typed (form fields as JSON), nothing counts yet.
CREATE TABLE ledger_draft (
    id ledger_draft_id PRIMARY KEY,
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    kind code NOT NULL CHECK (kind IN ('receipt', 'payment')),
    fields text NOT NULL,
    from_entry_id ledger_entry_id REFERENCES ledger_entry (id),
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL
);
CREATE INDEX ledger_draft_book ON ledger_draft (book_id, id);

-- The annual finance plan of a fund: expected income, and what is planned for each support type, line
-- by line. Agreed by the committee; then it feeds the figure "planned".
CREATE TABLE ledger_plan (
    id ledger_plan_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    income_nhso_satang satang CHECK (income_nhso_satang >= 0),
    income_local_satang satang CHECK (income_local_satang >= 0),
    income_other_satang satang CHECK (income_other_satang >= 0),
    agreed_on date,
    agreed_in text,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, fy)
);
CREATE TABLE ledger_plan_line (
    id ledger_plan_line_id PRIMARY KEY,
    plan_id ledger_plan_id NOT NULL REFERENCES ledger_plan (id),
    position int NOT NULL CHECK (position >= 1),
    title text NOT NULL,
    unit_name text,
    support_type_code code NOT NULL REFERENCES support_type (code),
    issue_code code,
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    UNIQUE (plan_id, position)
);
