/** The emoji that a bot may react with (ReactionTypeEmoji), the commonest first, none with a variation selector behind it. */
export const reactions: string[] = [
  '👍 ❤ 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥',
  '🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨',
  '🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡',
].flatMap((line) => line.split(' '));

/** As the list has it: as a picture or as a sign, it is the same emoji. */
export function plainEmoji(emoji: string): string {
  return emoji.replaceAll('\ufe0f', '');
}
