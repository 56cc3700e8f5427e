-- meeting: a fund's committee meets, says who was there and who left the room, and decides. A decision
-- is in force when the meeting is signed: by the chair's log-in, or by the signed paper that one person
-- entered and another saw. What is wrong is corrected by a later meeting; both stay visible.

CREATE TABLE meeting (
    id meeting_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    number int NOT NULL CHECK (number BETWEEN 1 AND 99),
    held_on date NOT NULL,
    began text,
    ended text,
    place text,
    chaired_by text,
    state code NOT NULL CHECK (state IN ('called', 'held', 'signed', 'cancelled')),
    cancel_reason text,
    confirmed_in meeting_id REFERENCES meeting (id),
    sign_id meeting_sign_id,
    is_entered_later flag NOT NULL,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, fy, number),
    CHECK (CASE WHEN state = 'cancelled' THEN cancel_reason IS NOT NULL ELSE cancel_reason IS NULL END)
);
CREATE INDEX meeting_fund ON meeting (fund_id, held_on, id);
CREATE INDEX meeting_confirms ON meeting (confirmed_in) WHERE confirmed_in IS NOT NULL;

-- Who was there, as on the signing sheet. is_voter 0: secretary, adviser, guest.
CREATE TABLE meeting_person (
    id meeting_person_id PRIMARY KEY,
    meeting_id meeting_id NOT NULL REFERENCES meeting (id),
    position int NOT NULL CHECK (position >= 1),
    name text NOT NULL,
    title text,
    is_present flag NOT NULL,
    is_voter flag NOT NULL,
    UNIQUE (meeting_id, position)
);

-- The agenda in the usual order. thing and thing_id name what an item for consideration is about:
-- a proposal, a project's change, an urgent approval laid before the meeting, a plan's year, the finance
-- plan; about: what the room of the thing says of it (of a change: from what to what). outcome: of a plan 'agree' or 'refuse' (a project's decision is room project's own row).
CREATE TABLE meeting_item (
    id meeting_item_id PRIMARY KEY,
    meeting_id meeting_id NOT NULL REFERENCES meeting (id),
    position int NOT NULL CHECK (position >= 1),
    agenda code NOT NULL CHECK (agenda IN ('inform', 'confirm', 'follow', 'know', 'consider', 'other')),
    title text NOT NULL,
    about text,
    words text,
    thing code CHECK (thing IN ('project', 'project_change', 'project_decision', 'plan_year', 'finance_plan')),
    thing_id int,
    outcome code CHECK (outcome IN ('agree', 'refuse')),
    version int NOT NULL,
    UNIQUE (meeting_id, position)
);
CREATE INDEX meeting_item_thing ON meeting_item (thing, thing_id) WHERE thing IS NOT NULL;

-- Who left the room for an item because of an interest: not counted in its decision.
CREATE TABLE meeting_left (
    item_id meeting_item_id NOT NULL REFERENCES meeting_item (id),
    person_id meeting_person_id NOT NULL REFERENCES meeting_person (id),
    reason text,
    PRIMARY KEY (item_id, person_id)
);
CREATE INDEX meeting_left_person ON meeting_left (person_id);

-- An approval step: of a meeting, of the chair alone (thing project_decision, an urgent one), or of an agreement
-- (thing project_agreement). By log-in it is in force at once; by paper (file_use_no: the
-- scan) when somebody else has seen it; mark: of the minutes it was brought for (meeting_mark), a paper counts for no others.
CREATE TABLE meeting_sign (
    id meeting_sign_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    thing code NOT NULL CHECK (thing IN ('meeting', 'project_decision', 'project_agreement', 'ledger_commitment')),
    thing_id int NOT NULL,
    how code NOT NULL CHECK (how IN ('login', 'paper')),
    names text,
    signed_on date NOT NULL,
    file_use_no int,
    mark text,
    entered_by int,
    grant_no int,
    seen_by int CHECK (seen_by <> entered_by),
    seen_at instant,
    recorded_at instant NOT NULL
);
CREATE INDEX meeting_sign_of ON meeting_sign (thing, thing_id, id);
CREATE INDEX meeting_sign_fund ON meeting_sign (fund_id, id);
