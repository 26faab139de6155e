import type { Json, JsonObject } from '../../../kernel/json.ts';

/** A field of a record to set; `path` is `status`, `assignedTo` or `body.<name>`. */
export interface FieldChange {
  path: string;
  value: Json;
}

/** What a step asks for, with every template rendered: what the simulator shows is what the server does. */
export type PreparedStep =
  | {
      type: 'email';
      to: string[];
      cc: string[];
      replyTo: string;
      subject: string;
      format: 'text' | 'html';
      body: string;
    }
  | {
      type: 'meeting';
      title: string;
      attendees: string[];
      /** ISO 8601 UTC. */
      startsAt: string;
      durationMinutes: number;
      location: string;
      description: string;
    }
  | {
      type: 'webhook';
      method: string;
      url: string;
      headers: Record<string, string>;
      body: string;
      secret: string;
    }
  | { type: 'notification'; to: string[]; subject: string; message: string; level: 'info' | 'warning' | 'critical' }
  | {
      type: 'approval';
      permission: string;
      question: string;
      escalateAfterMinutes: number;
      escalateTo: string;
      expireAfterMinutes: number;
      onReject: 'stop' | 'continue';
    }
  | { type: 'changeRecord'; kind: string; id: string; changes: FieldChange[]; reason: string }
  /** `field` is a list of texts in the body. */
  | { type: 'tagRecord'; kind: string; id: string; field: string; add: string[]; remove: string[] }
  | {
      type: 'createRecord';
      kind: string;
      tenantId: string;
      /** Staff id; '' = nobody, or whom `assign` finds. */
      assignedTo: string;
      assign?: { by: 'least_loaded'; role: string };
      body: JsonObject;
    }
  | {
      type: 'assignRecord';
      kind: string;
      id: string;
      choose: { by: 'fixed'; staffId: string } | { by: 'round_robin' | 'least_loaded'; role: string };
    }
  | {
      type: 'emitEvent';
      module: string;
      code: string;
      tenantId: string;
      entityType: string;
      entityId: string;
      data: JsonObject;
    }
  | { type: 'askModel'; question: string; options: { id: string; label: string }[]; timeoutSeconds: number }
  | { type: 'runJob'; job: string; settings: JsonObject }
  | { type: 'pluginAction'; plugin: string; action: string; settings: JsonObject }
  /** Steps that only compute: their result is known at once. */
  | { type: 'setVariables'; variables: JsonObject }
  | { type: 'takeBranch'; branch: 'then' | 'otherwise'; explanation: Json }
  | { type: 'repeat'; items: Json[]; leftOut: number }
  | { type: 'waitUntil'; until: string }
  | { type: 'waitForEvent'; pattern: string; until: string; about: 'tenant' | 'entity' | 'any' };

/** A step that could not be prepared. It says where in the step and why. */
export interface StepFault {
  /** Field of the step, dotted: `subject`, `variables.total`, `settings.value`. '' = the step itself. */
  path: string;
  message: string;
  /** False: trying again gives the same. */
  retriable: boolean;
}

export interface Preparation {
  prepared: PreparedStep;
  /** Variables that templates named and that were not there, sorted. */
  unknownVariables: string[];
}
