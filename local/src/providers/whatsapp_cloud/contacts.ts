import { isRecord, type Json } from '../../json.ts';
import { listAt, recordAt } from '../json.ts';
import { first, invalid, object, type Check } from '../meta/check.ts';
import { each, notValid, onlyKeys, optionalText, text } from './params.ts';

const members: Record<string, readonly string[]> = {
  addresses: ['street', 'city', 'state', 'zip', 'country', 'country_code', 'type'],
  emails: ['email', 'type'],
  phones: ['phone', 'type', 'wa_id'],
  urls: ['url', 'type'],
};

const names = ['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'];

/** The cards of a contacts message. */
export function checkContacts(contacts: readonly unknown[]): Check {
  return each(contacts, (contact, index) => checkContact(contact, `contacts[${index}]`));
}

function checkContact(contact: unknown, path: string): Check {
  if (!isRecord(contact)) return invalid(`Param ${path} must be a JSON object.`);
  return first(
    () => onlyKeys(contact, path, [...Object.keys(members), 'name', 'org', 'birthday']),
    () => checkName(contact, path),
    () => checkBirthday(contact['birthday'], path),
    () => onlyKeys(recordAt(contact, 'org'), `${path}['org']`, ['company', 'department', 'title']),
    () => each(Object.keys(members), (key) => checkMembers(contact, key, path)),
  );
}

/** `formatted_name`, and at least one part of the name beside it. */
function checkName(contact: Json, path: string): Check {
  const name = recordAt(contact, 'name');
  return first(
    () => object(contact['name'], `${path}['name']`),
    () => onlyKeys(name, `${path}['name']`, ['formatted_name', ...names]),
    () => text(name['formatted_name'], `${path}['name']['formatted_name']`, 1000),
    () =>
      names.some((part) => name[part]) ? undefined : notValid('name needs at least one part beside formatted_name'),
  );
}

function checkBirthday(birthday: unknown, path: string): Check {
  const isDay = birthday === undefined || (typeof birthday === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthday));
  return isDay ? undefined : invalid(`Param ${path}['birthday'] must be YYYY-MM-DD.`);
}

function checkMembers(contact: Json, key: string, path: string): Check {
  const allowed = members[key] ?? [];
  return each(listAt(contact, key), (member, index) => {
    const at = `${path}['${key}'][${index}]`;
    if (!isRecord(member)) return invalid(`Param ${at} must be a JSON object.`);
    return first(
      () => onlyKeys(member, at, allowed),
      () => each(allowed, (name) => optionalText(member[name], `${at}['${name}']`, 1000)),
    );
  });
}
