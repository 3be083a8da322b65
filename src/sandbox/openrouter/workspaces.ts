import { invalidRequest, notFound } from './api-error.ts';
import type { Account, State, Workspace } from './state.ts';
import { isoTime } from './wire-time.ts';
import type { World } from './world.ts';

export function addWorkspace(
  { state, random, clock }: World,
  fields: Pick<Workspace, 'account' | 'name' | 'slug'> & Partial<Workspace>,
): Workspace {
  const workspace: Workspace = {
    id: random.uuid(),
    defaultGuardrailId: random.uuid(),
    description: null,
    defaultTextModel: null,
    defaultImageModel: null,
    defaultProviderSort: null,
    includeByokInBudgets: false,
    ...fields,
    createdAt: clock.now(),
    updatedAt: null,
    deleted: false,
  };
  state.workspaces.push(workspace);
  return workspace;
}

/** A workspace of the account that still exists, by id or slug. */
export function findWorkspace({ workspaces }: State, account: Account, idOrSlug: string): Workspace | undefined {
  return workspaces.find(
    (workspace) =>
      workspace.account === account && !workspace.deleted && (workspace.id === idOrSlug || workspace.slug === idOrSlug),
  );
}

/**
 * The workspace a call means: the default one when it names none.
 *
 * @throws ApiError 400 for one that is not, or no longer, the account's
 */
export function workspaceMeant(state: State, account: Account, id: string | null | undefined): Workspace {
  const workspace = findWorkspace(state, account, id ?? account.defaultWorkspaceId);
  if (!workspace) throw invalidRequest();
  return workspace;
}

/** @throws ApiError 404 */
export function workspaceAt(state: State, account: Account, idOrSlug: string | undefined): Workspace {
  const workspace = findWorkspace(state, account, idOrSlug ?? '');
  if (!workspace) throw notFound();
  return workspace;
}

export function workspaceView(workspace: Workspace) {
  return {
    id: workspace.id,
    name: workspace.name,
    slug: workspace.slug,
    description: workspace.description,
    default_guardrail_id: workspace.defaultGuardrailId,
    default_text_model: workspace.defaultTextModel,
    default_image_model: workspace.defaultImageModel,
    default_provider_sort: workspace.defaultProviderSort,
    include_byok_in_budgets: workspace.includeByokInBudgets,
    io_logging_api_key_ids: null,
    io_logging_sampling_rate: 1,
    is_data_discount_logging_enabled: false,
    is_observability_broadcast_enabled: false,
    is_observability_io_logging_enabled: false,
    created_at: isoTime(workspace.createdAt),
    updated_at: workspace.updatedAt === null ? null : isoTime(workspace.updatedAt),
    created_by: workspace.account.userId,
  };
}
