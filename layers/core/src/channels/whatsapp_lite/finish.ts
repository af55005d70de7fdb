import type { Body, ContactCard } from '../../domain/body.ts';
import { fromWhatsApp } from '../../domain/rich-text/from-whatsapp.ts';
import type { Element } from '../contract.ts';
import { contactsOf } from '../shared/vcard.ts';

/** What only some messages have: formatting, and contacts, which come as vCards. */
export function finish(elements: Element[]): Element[] {
  return elements.map((element) => {
    if (!element.ok || !('body' in element.event) || !element.event.body) return element;
    return { ...element, event: { ...element.event, body: bodyOf(element.event.body) } };
  });
}

function bodyOf(body: Body): Body {
  if (body.type === 'contacts') return { ...body, contacts: body.contacts.flatMap(read) };
  return 'media' in body || body.type === 'text' ? { ...body, ...(body.text ? fromWhatsApp(body.text) : {}) } : body;
}

function read(card: ContactCard): ContactCard[] {
  return card.vcard === undefined ? [card] : contactsOf(card.vcard);
}
