import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm start` serves the API while the client runs under Vite's own server. */
const backend = 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), phonePath()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    rolldownOptions: { input: [`${import.meta.dirname}/index.html`, `${import.meta.dirname}/phone.html`] },
  },
  server: {
    proxy: {
      '/config.json': backend,
      '/auth': backend,
      '/rest': backend,
      '/functions': backend,
      '/providers': backend,
      '/realtime': { target: backend, ws: true },
    },
  },
});

/** The phones page lives at `/phone` on every server, so it does under Vite's. */
function phonePath(): Plugin {
  return {
    name: 'phone-path',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === '/phone') request.url = '/phone.html';
        next();
      });
    },
  };
}
