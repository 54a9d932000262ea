"""Commands about the keys that encrypt the numbers of persons."""

from bot.commands.data import opened
from bot.commands.output import fail, say
from store.settings import Settings
from store.vault.vault import Vault


def run_rotate(settings: Settings) -> None:
    """Encrypt every number anew with the newest key, made now unless the settings give keys.

    The older keys stay where they are: backups made before need them.
    """
    from bot.console.deeds import COMMAND, record

    with opened(settings) as database:
        record(database, COMMAND, "keys.rotate", "keys")
        if not settings.data_keys:
            settings.add_encryption_key()
        done, lost = Vault.over(database, settings).rotate()
    say(f"已用最新的密钥重新加密 {done} 个号码。旧密钥还留着：以前的备份要用它。")
    if lost:
        fail(
            f"有 {lost} 个号码的密钥不在了，没有动。请找回备份时的密钥，加到 ZHIDA_DATA_KEYS 末尾。"
        )
