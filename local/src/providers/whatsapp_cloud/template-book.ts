import type { State } from '../state.ts';
import { among, templates, type FindTemplate, type Template } from './templates.ts';

/** The templates of each business account, as they stand now; kept over a restart. */
export interface TemplateBook {
  list(business: string): readonly Template[];
  /** Finds among those of a business account. */
  of(business: string): FindTemplate;
  /** Adds one, or takes the place of the one of the same id. */
  put(business: string, template: Template): void;
  /** Removes every language of a name, or the one of this id; says how many went. */
  remove(business: string, name: string, id: string | undefined): number;
}

export function createTemplateBook(state: State): TemplateBook {
  const put = (business: string, template: Template): void => state.put(shelfOf(business), template.id, template);
  const list = (business: string): readonly Template[] => {
    const kept = state.list<Template>(shelfOf(business));
    if (kept.length > 0) return kept;
    for (const template of templates) put(business, template);
    return templates;
  };
  const remove: TemplateBook['remove'] = (business, name, id) => {
    const gone = list(business).filter((template) => template.name === name && (id ?? template.id) === template.id);
    for (const template of gone) state.remove(shelfOf(business), template.id);
    return gone.length;
  };
  return { list, put, remove, of: (business) => (name, language) => among(list(business))(name, language) };
}

function shelfOf(business: string): string {
  return `templates whatsapp_cloud ${business}`;
}
