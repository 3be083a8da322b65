import { apiKeyErrors } from './api-keys.ts';
import { assignmentErrors } from './assignments.ts';
import { budgetErrors } from './budgets.ts';
import { byokKeyErrors } from './byok-keys.ts';
import { chatAccess } from './chat/access.ts';
import { chatBadRequests } from './chat/bad-request.ts';
import { chatByok } from './chat/byok.ts';
import { chatInBand } from './chat/in-band.ts';
import { chatLimits } from './chat/limits.ts';
import { chatNotFound } from './chat/not-found.ts';
import { chatObserved } from './chat/observed.ts';
import { chatServerErrors } from './chat/server.ts';
import { completionsErrors } from './completions.ts';
import { guardrailErrors } from './guardrails.ts';
import { listingErrors } from './listings.ts';
import { messagesErrors } from './messages.ts';
import { responsesErrors } from './responses.ts';
import type { ErrorRow } from './row.ts';
import { workspaceErrors } from './workspaces.ts';

const rows = {
  ...chatBadRequests,
  ...chatAccess,
  ...chatNotFound,
  ...chatLimits,
  ...chatServerErrors,
  ...chatInBand,
  ...chatByok,
  ...chatObserved,
  ...responsesErrors,
  ...messagesErrors,
  ...completionsErrors,
  ...listingErrors,
  ...byokKeyErrors,
  ...apiKeyErrors,
  ...guardrailErrors,
  ...assignmentErrors,
  ...workspaceErrors,
  ...budgetErrors,
} as const satisfies Record<string, ErrorRow>;

/** The id of a row: its operation, then what happens. What keeps one thing per row `satisfies Record<ErrorPathId, ...>`. */
export type ErrorPathId = keyof typeof rows;

/** Every documented way for a call to fail, and those that were only observed. */
export const errorCatalogue: Readonly<Record<ErrorPathId, ErrorRow>> = rows;
