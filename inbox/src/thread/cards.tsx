import type { ReactNode } from 'react';
import type { Choice, ContactCard, Interactive, Location } from '../api/message-parts.ts';
import { useWords } from '../i18n/language.tsx';
import { webUrl } from '../text/links.ts';
import { RichText } from '../ui/RichText.tsx';
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
  const rows = [...(interactive.buttons ?? []), ...(interactive.sections ?? []).flatMap((section) => section.rows)];
  return (
    <>
      {interactive.header && <strong dir="auto">{interactive.header}</strong>}
      {children}
      {interactive.footer && (
        <small className="quiet" dir="auto">
          {interactive.footer}
        </small>
      )}
      <Choices rows={rows} />
      {interactive.link && <LinkButton {...interactive.link} />}
      {interactive.cards?.map((card) => (
        <div key={card.text} className="carousel-card">
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
      <strong dir="auto">{interactive.title}</strong>
      {interactive.description && <span dir="auto">{interactive.description}</span>}
      {children}
    </>
  );
}

function Choices({ rows }: { rows: Choice[] }) {
  if (rows.length === 0) return null;
  return (
    <ul className="choices">
      {rows.map((choice) => (
        <li key={choice.id}>
          <bdi>{choice.title}</bdi>
          {choice.description && <bdi className="quiet">{choice.description}</bdi>}
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
