import { credits, keyCreated, keyList, keySingle, ownKey } from './schemas/account.ts';
import { chatChunk, chatResult } from './schemas/chat.ts';
import { textCompletion } from './schemas/completions.ts';
import { availability, errorEnvelope, errorEnvelopeOfMessages, errorEnvelopeOfResponses } from './schemas/error.ts';
import { generationRecord } from './schemas/generation.ts';
import {
  assigned,
  assignmentList,
  budgetList,
  budgetSingle,
  byokList,
  byokSingle,
  deleted,
  guardrailList,
  guardrailSingle,
  memberAssignmentList,
  unassigned,
  workspaceList,
  workspaceSingle,
} from './schemas/management.ts';
import { messagesResult } from './schemas/messages.ts';
import { routerMetadata } from './schemas/metadata.ts';
import { modelEndpoints, modelList, modelSingle, providerList, zdrEndpoints } from './schemas/models.ts';
import { responsesResult } from './schemas/responses.ts';
import type { Schema } from './schemas/shape.ts';
import { costDetails, usage } from './schemas/usage.ts';

/** Every documented answer by name, as JSON Schema 2020-12. Unknown fields are allowed everywhere. */
export const schemas = {
  'chat-result': chatResult,
  'chat-chunk': chatChunk,
  'text-completion': textCompletion,
  'responses-result': responsesResult,
  'messages-result': messagesResult,
  usage,
  'cost-details': costDetails,
  'router-metadata': routerMetadata,
  error: errorEnvelope,
  'responses-error': errorEnvelopeOfResponses,
  'messages-error': errorEnvelopeOfMessages,
  availability,
  'generation-record': generationRecord,
  'own-key': ownKey,
  credits,
  'key-list': keyList,
  'key-single': keySingle,
  'key-created': keyCreated,
  providers: providerList,
  models: modelList,
  'model-single': modelSingle,
  'model-endpoints': modelEndpoints,
  'endpoints-zdr': zdrEndpoints,
  'byok-list': byokList,
  'byok-single': byokSingle,
  deleted,
  'guardrail-list': guardrailList,
  'guardrail-single': guardrailSingle,
  'assignment-list': assignmentList,
  'member-assignment-list': memberAssignmentList,
  assigned,
  unassigned,
  'workspace-list': workspaceList,
  'workspace-single': workspaceSingle,
  'budget-list': budgetList,
  'budget-single': budgetSingle,
} as const satisfies Record<string, Schema>;

export type SchemaName = keyof typeof schemas;
