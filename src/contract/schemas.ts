import { credits, keyCreated, keyList, keySingle, ownKey } from './schemas/account.ts';
import { chatChunk, chatResult } from './schemas/chat.ts';
import { errorEnvelope, errorEnvelopeOfMessages, errorEnvelopeOfResponses } from './schemas/error.ts';
import { generationRecord } from './schemas/generation.ts';
import {
  assigned,
  assignmentList,
  byokList,
  byokSingle,
  deleted,
  guardrailList,
  guardrailSingle,
  unassigned,
  workspaceList,
  workspaceSingle,
} from './schemas/management.ts';
import { routerMetadata } from './schemas/metadata.ts';
import { modelEndpoints, modelList, providerList } from './schemas/models.ts';
import type { Schema } from './schemas/shape.ts';
import { costDetails, usage } from './schemas/usage.ts';

/** Every documented answer by name, as JSON Schema 2020-12. Unknown fields are allowed everywhere. */
export const schemas = {
  'chat-result': chatResult,
  'chat-chunk': chatChunk,
  usage,
  'cost-details': costDetails,
  'router-metadata': routerMetadata,
  error: errorEnvelope,
  'responses-error': errorEnvelopeOfResponses,
  'messages-error': errorEnvelopeOfMessages,
  'generation-record': generationRecord,
  'own-key': ownKey,
  credits,
  'key-list': keyList,
  'key-single': keySingle,
  'key-created': keyCreated,
  providers: providerList,
  models: modelList,
  'model-endpoints': modelEndpoints,
  'byok-list': byokList,
  'byok-single': byokSingle,
  deleted,
  'guardrail-list': guardrailList,
  'guardrail-single': guardrailSingle,
  'assignment-list': assignmentList,
  assigned,
  unassigned,
  'workspace-list': workspaceList,
  'workspace-single': workspaceSingle,
} as const satisfies Record<string, Schema>;

export type SchemaName = keyof typeof schemas;
