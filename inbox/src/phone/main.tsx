import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createCall } from '../api/http.ts';
import { LanguageProvider } from '../i18n/language.tsx';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/parts.css';
import '../styles/phone.css';
import { PhonesPage } from './PhonesPage.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <PhonesPage call={createCall()} />
    </LanguageProvider>
  </StrictMode>,
);
