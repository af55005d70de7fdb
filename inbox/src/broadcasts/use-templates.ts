import { createAsked } from '../inbox/use-asked.ts';

/** The templates of an account that its provider has approved. */
export const useTemplates = createAsked((desk, accountId) => desk.client.templates(accountId));
