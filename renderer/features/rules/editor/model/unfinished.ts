/** Where a text stands that is no value yet: in a step, or in the rule itself (`stepId` ''). */
export interface UnfinishedPlace {
  stepId: string;
  field: string;
}

/** The name under which such a text is kept; it goes along when the step is moved. */
export function unfinishedKey(stepId: string, field: string): string {
  return stepId === '' ? field : `${stepId}/${field}`;
}

export function unfinishedPlace(key: string): UnfinishedPlace {
  const slash = key.indexOf('/');
  return slash < 0 ? { stepId: '', field: key } : { stepId: key.slice(0, slash), field: key.slice(slash + 1) };
}

/** The texts with those of a step under its new id. */
export function renameUnfinished(
  texts: Readonly<Record<string, string>>,
  from: string,
  to: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => {
      const { stepId, field } = unfinishedPlace(key);
      return [stepId === from && from !== '' ? unfinishedKey(to, field) : key, text];
    }),
  );
}
