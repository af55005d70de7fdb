import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createCall } from '../api/http.ts';
import { createSession } from '../api/session.ts';
import { LanguageProvider } from '../i18n/language.tsx';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/parts.css';
import '../styles/sign-in.css';
import '../styles/inbox.css';
import '../styles/thread.css';
import '../styles/bubbles.css';
import '../styles/bodies.css';
import '../styles/mail.css';
import '../styles/settings.css';
import '../styles/sending.css';
import '../styles/broadcasts.css';
import '../styles/library.css';
import { App } from './App.tsx';

const call = createCall();
const session = createSession(call, localStorage);
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App call={call} session={session} />
    </LanguageProvider>
  </StrictMode>,
);
