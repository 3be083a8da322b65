import { accounts } from './families/accounts.ts';
import { errors } from './families/errors.ts';
import { management } from './families/management.ts';
import { parity } from './families/parity.ts';
import { prices } from './families/prices.ts';
import { routingEvidence } from './families/routing-evidence.ts';
import { routingRules } from './families/routing-rules.ts';
import { shapeOfAnswers } from './families/shape-answers.ts';
import { shapeOfListings } from './families/shape-listings.ts';
import { chunks } from './families/stream-chunks.ts';
import { events } from './families/stream-events.ts';
import { framing } from './families/stream-framing.ts';
import type { Family } from './fault.ts';

/** Every fault there is. */
export const families: readonly Family[] = [
  routingEvidence,
  routingRules,
  prices,
  accounts,
  shapeOfAnswers,
  shapeOfListings,
  framing,
  chunks,
  events,
  errors,
  management,
  parity,
];
