import type { ReactNode } from 'react';
import type { Choice, ContactCard, Interactive, Location } from '../api/message-parts.ts';
import { useWords } from '../i18n/language.tsx';
import { webUrl } from '../text/links.ts';
import { PlainText, RichText } from '../ui/RichText.tsx';
import { Icon } from '../ui/icons.tsx';

export function LocationCard({ location }: { location: Location }) {
  const { text } = useWords();
  const { latitude, longitude, name, address } = location;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a className="card-link" href={map} target="_blank" rel="noopener noreferrer">
      <Icon name="pin" />
      <span>
        <bdi>{name || address || `${latitude}, ${longitude}`}</bdi>
        {name && address && <bdi className="quiet">{address}</bdi>}
        <small className="link-like">{text.showOnMap}</small>
      </span>
    </a>
  );
}

export function ContactCards({ contacts }: { contacts: ContactCard[] }) {
  return (
    <ul className="contact-cards">
      {contacts.map((contact) => (
        <li key={`${contact.name} ${contact.phones?.join(' ')}`}>
          <Icon name="person" />
          <span>
            <bdi>{contact.name}</bdi>
            {[...(contact.phones ?? []), ...(contact.emails ?? [])].map((address) => (
              <bdi key={address} className="quiet">
                {address}
              </bdi>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What can be tapped, shown but not tappable here; or what was tapped. `children` is the text between header and footer. */
export function InteractiveChoices({ interactive, children }: { interactive: Interactive; children: ReactNode }) {
  if (interactive.kind === 'reply') return <Tapped interactive={interactive}>{children}</Tapped>;
  return (
    <>
      {interactive.header && <Words as="strong" text={interactive.header} />}
      {children}
      {interactive.footer && (
        <small className="quiet" dir="auto">
          <PlainText text={interactive.footer} />
        </small>
      )}
      <Choices rows={interactive.buttons ?? []} />
      <List interactive={interactive} />
      {interactive.kind === 'location_request' && <AsksForPlace />}
      {interactive.link && <LinkButton {...interactive.link} />}
      {interactive.cards?.map((card, index) => (
        // Two cards may say the same.
        <div key={`${index} ${card.text}`} className="carousel-card">
          <RichText text={card.text} />
          <Choices rows={card.buttons ?? []} />
          {card.link && <LinkButton {...card.link} />}
        </div>
      ))}
    </>
  );
}

function Tapped({ interactive, children }: { interactive: Interactive; children: ReactNode }) {
  const { text } = useWords();
  return (
    <>
      <p className="body-label">
        <Icon name="reply" />
        {text.tapped}
      </p>
      <Words as="strong" text={interactive.title ?? ''} />
      {interactive.description && <Words as="span" text={interactive.description} />}
      {children}
    </>
  );
}

/** A list to choose from: what opens it, and what is in it under which headings. */
function List({ interactive: { button, sections = [] } }: { interactive: Interactive }) {
  return (
    <>
      {button && (
        <p className="body-label">
          <Icon name="list" />
          <bdi>{button}</bdi>
        </p>
      )}
      {sections.map(({ title, rows }, index) => (
        <div key={`${index} ${title}`}>
          {title && (
            <p className="section-title quiet" dir="auto">
              {title}
            </p>
          )}
          <Choices rows={rows} />
        </div>
      ))}
    </>
  );
}

function AsksForPlace() {
  const { text } = useWords();
  return (
    <p className="body-label">
      <Icon name="pin" />
      {text.message.asksForPlace}
    </p>
  );
}

function Words({ as: Tag, text }: { as: 'strong' | 'span'; text: string }) {
  return (
    <Tag dir="auto">
      <PlainText text={text} />
    </Tag>
  );
}

function Choices({ rows }: { rows: Choice[] }) {
  if (rows.length === 0) return null;
  return (
    <ul className="choices">
      {rows.map((choice) => (
        <li key={choice.id}>
          <Words as="span" text={choice.title} />
          {choice.description && (
            <small className="quiet" dir="auto">
              <PlainText text={choice.description} />
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

function LinkButton({ title, url }: { title: string; url: string }) {
  const href = webUrl(url);
  if (href === null) return <bdi>{title}</bdi>;
  return (
    <a className="choice-link" href={href} target="_blank" rel="noopener noreferrer">
      <bdi>{title}</bdi>
    </a>
  );
}
