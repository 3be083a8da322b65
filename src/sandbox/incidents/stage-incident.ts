import type { IncidentName } from '../incident.ts';
import { accountIncidents } from './account-incidents.ts';
import { platformIncidents } from './platform-incidents.ts';
import { providerIncidents } from './provider-incidents.ts';
import type { Stage, Staging } from './staging.ts';

const stages: Record<IncidentName, Stage> = { ...providerIncidents, ...platformIncidents, ...accountIncidents };

/** Lets the named trouble happen, by changes of state alone: what comes of it is for the rules to say. */
export function stageIncident(name: IncidentName, staging: Staging): void {
  stages[name](staging);
}
