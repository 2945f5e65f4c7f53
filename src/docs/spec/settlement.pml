/*
 * One settlement: what a request, two workers, a customer who cancels, a neighbour and a database
 * that answers late may do to it. Claimed: in every final state, money taken = money owed.
 * How to run it, and what it leaves out: reliability.md beside it, "The model".
 *
 * There is no clock. A lease may end at any moment, so a worker may claim at any moment. An answer
 * may be late or lost, so whoever waits for it takes its next step at any time, or asks again. Who
 * dies does nothing more; all but the last worker may die between any two of their steps.
 *
 *   -DNO_FENCE   a claim leaves version and tries as they are; a counterexample follows
 */

#ifndef FAULTS
#define FAULTS 2        /* answers that do not come, of the neighbour or of the database */
#endif
mtype = { A, B, C, LAST };                       /* who works; init says what each does */
mtype = { DUE, DONE, REFUSED, UNDO_DUE, UNDONE };   /* SettlementState */
mtype = { PUT, DELETE };                            /* what the neighbour is asked */
mtype = { MOVED, NO_MONEY, GIVEN_BACK, CANCEL };    /* news; the first three are its answers */
mtype = { UNSEEN, TAKEN, VOIDED };                  /* the settlement's id, at the neighbour */

/* The database: the settlement's row, and what matters of its booking's. */
mtype state = DUE;      /* the intent is committed before anybody asks, */
byte tries = 1;         /* and is the first claim: A's */
byte version;           /* guards every write */
bool booked = true;     /* the booking is PENDING or CONFIRMED; else it is cancelled */
bool leased = true;     /* nobody has claimed it after A; only to tell the story */

/* The neighbour. */
mtype id = UNSEEN;      /* TAKEN: it has the customer's money */
bool funds;             /* false until the customer tops up, which is at some time */
byte under_way;         /* requests that have yet to arrive, though nobody waits for them */

byte faults;            /* answers that did not come so far */
byte alive;             /* workers that have neither ended nor died, the last not counted */

mtype = { ACTIVE, CANCELLED, NOT_TAKEN };           /* words of the story */

#define unfinished(s) (s == DUE || s == UNDO_DUE)
#define nothing_new (s2 == s && a2 == a)

/* contracts.md, "Movements": what a request does when it arrives, and what is answered. */
inline arrives(request, answer) {
  if
  :: request == DELETE                         -> id = VOIDED; answer = GIVEN_BACK
  :: request == PUT && id == UNSEEN && funds   -> id = TAKEN; answer = MOVED
  :: request == PUT && id == UNSEEN && !funds  -> answer = NO_MONEY      /* 422, without a trace */
  :: request == PUT && id == TAKEN             -> answer = MOVED         /* 200, the same again */
  :: request == PUT && id == VOIDED            -> answer = GIVEN_BACK    /* 409 voided */
  fi
}

/* A request that nobody waits for any more: its sender died, or its time was up. */
proctype late(byte sender, request) {
  mtype answer;
  atomic {
    arrives(request, answer); under_way--;
    printf("%e: %e, under way till now -> %e\n", sender, request, answer)
  }
}

/* What a worker knows is a copy of the rows, and which claim is its own. */
inline reads() { s = state; t = tries; v = version; a = booked }

/* Keeps the search small: what it knew makes no difference any more. */
inline forgets() {
  s = 0; t = 0; v = 0; a = 0; held = 0; s2 = 0; a2 = 0; news = 0; request = 0; first_try = 0
}

/* SettlementRules.record, Booking.cancel: what follows from the news, on the copy: s2 and a2. */
inline decides() {
  s2 = s; a2 = a;
  if
  :: news == MOVED && s == DUE && a                  -> s2 = DONE
  :: news == MOVED && (s == REFUSED || s == UNDONE)  -> s2 = UNDO_DUE    /* from whatever state */
  :: news == NO_MONEY && s == DUE                    -> a2 = false;
       s2 = (first_try && t == 1 -> REFUSED : UNDO_DUE)     /* else another PUT may be under way */
  :: news == GIVEN_BACK && s == UNDO_DUE             -> s2 = UNDONE
  :: news == GIVEN_BACK && s == DUE                  -> s2 = REFUSED; a2 = false
  :: news == CANCEL && a                             -> s2 = UNDO_DUE; a2 = false
  :: else                                            -> skip             /* said before */
  fi
}

/* BookingWrites.lease: who writes what is unfinished claims it, where it was another's. */
inline writes() {
  t = (unfinished(s2) && held != t -> t + 1 : t);
  s = s2; a = a2;
  state = s; booked = a; tries = t; version++;
  printf("%e notes %e: settlement %e, booking %e\n", who, news, s, (a -> ACTIVE : CANCELLED))
}

proctype works(mtype who) {
  mtype s, s2, news, request;
  byte t, v, held;                    /* held: the number of the claim that is its own */
  bool a, a2, first_try;

  if
  :: who == A -> atomic { s = DUE; a = true; t = 1; held = 1 };
       atomic {                                    /* its commit is answered, at some time */
         if
         :: leased -> skip
         :: else   -> printf("A: its commit is answered, after its lease has ended\n")
         fi;
         goto carries_on
       }
  :: who == C -> goto over                                          /* does not cancel */
  :: who == C -> atomic { reads(); news = CANCEL; goto concludes }
  :: who == B || who == LAST
  fi;

claims: /* SettlementQueue.claim, once the lease has ended; the last, when nobody else is left */
  atomic {
    if
    :: unfinished(state) && (who != LAST || alive == 0) ->
#ifndef NO_FENCE
         tries++; version++;
#endif
         leased = false; held = tries; printf("%e claims: the lease has ended\n", who)
    :: who != LAST -> goto over                                     /* finds nothing due */
    :: who == LAST && !unfinished(state) && alive == 0 && under_way == 0 -> goto ends
    fi
  };
  atomic { reads() };

carries_on: /* SettlementRunner.step: asks for what is due, while it knows of no claim but its own */
  atomic {
    if
    :: held == t && s == DUE      -> request = PUT
    :: held == t && s == UNDO_DUE -> request = DELETE
    :: else                       -> goto over
    fi;
    first_try = true
  };
  do /* NeighbourCalls.call: up to two tries */
  :: atomic { faults < FAULTS -> faults++;
       if
       :: under_way++; run late(who, request); printf("%e: %e waits\n", who, request)
       :: arrives(request, news); printf("%e: %e -> %e, the answer is lost\n", who, request, news)
       fi;
       if
       :: goto over                                                 /* puts it off */
       :: first_try -> first_try = false
       fi }
  :: atomic { arrives(request, news); printf("%e: %e -> %e\n", who, request, news); break }
  :: atomic { who != LAST -> printf("%e dies\n", who); goto over }
  od;

concludes: /* BookingStore.change: guarded by the version; who comes second decides again */
  if
  :: atomic { decides();
       if
       :: nothing_new                      -> goto carries_on
       :: !nothing_new && v == version     -> writes(); v = version; held = t; goto carries_on
       :: !nothing_new && v == version && faults < FAULTS ->
            faults++; writes(); goto looks_again                 /* the commit's answer is lost */
       :: !nothing_new && v != version     -> reads(); goto concludes
       fi }
  :: atomic { who != LAST -> printf("%e dies\n", who); goto over }
  fi;

looks_again: /* BookingStore.again: its own write is the last, or others have written since */
  atomic {
    if
    :: v + 1 == version -> v = version; held = t; goto carries_on
    :: else             -> reads(); goto concludes
    fi
  };

over:
  atomic {
    forgets();
    if
    :: who == LAST -> goto claims
    :: else -> alive--; goto gone
    fi
  };
ends:
  printf("the end: settlement %e, booking %e, ", state, (booked -> ACTIVE : CANCELLED));
  printf("money %e\n", (id == TAKEN -> TAKEN : NOT_TAKEN));
  assert((id == TAKEN) == (booked && state == DONE));
gone: skip
}

init {
  atomic {
    alive = 3;
    run works(LAST);      /* the worker that does not die, once nobody else is left */
    run works(C);         /* the customer, who may cancel */
    run works(A);         /* the request that wrote the intent */
    run works(B)          /* a worker */
  };
  atomic { printf("topped up\n"); funds = true }
}
