"""What commands are called in Spanish; see :mod:`services.phrases.tongues.commands`."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMANDS"]

COMMANDS: Mapping[str, str] = {
    "help": "ayuda, ayúdame, qué puedes hacer, qué puedo escribir, comandos",
    "hi": "hola, buenos días, buenas tardes, buenas",
    "agenda": "agenda, mi agenda, muestra la agenda, ver agenda, qué tengo, qué hay",
    "calendar": "calendario, mi calendario, muestra el calendario, ver calendario",
    "day": "día, mi día",
    "week": "semana, mi semana",
    "month": "mes, mi mes",
    "events": "eventos, mis eventos, citas, mis citas, reuniones, mis reuniones",
    "new event": "nuevo evento, nueva cita, nueva reunión, crear evento, crear un evento, "
    "crea un evento, añadir evento, añade un evento, programa una reunión",
    "add to the calendar": "cita, añade, añadir",
    "find": "busca, buscar, encuentra, encontrar",
    "show": "muestra, muéstrame, ver",
    "find event": "busca eventos, eventos con, citas con, reuniones con",
    "when is": "cuándo es, cuándo está, cuándo son",
    "who is away": "quién está fuera, quién está ausente, quién falta, ausencias, "
    "quién está de vacaciones",
    "free busy": "libre, quién está libre, disponibilidad",
    "find a time": "busca un hueco, buscar un hueco, encuentra un hueco, busca una hora, "
    "cuándo podemos reunirnos",
    "move": "mueve, mover, aplaza, aplazar, pospón, posponer, retrasa, retrasar",
    "delete": "borra, borrar, elimina, eliminar, cancela, cancelar, anula, anular",
    "calendars": "calendarios, mis calendarios, todos los calendarios",
    "new calendar": "nuevo calendario, crear calendario, crear un calendario",
    "settings": "configuración, ajustes",
    "my settings": "mi configuración, mis ajustes, mis preferencias, preferencias, "
    "mi zona horaria, mi idioma",
    "members": "miembros, permisos",
    "holidays": "festivos, días festivos",
    "contacts": "contactos, contacto, mis contactos, busca contacto, buscar contacto",
    "who is": "quién es",
    "new contact": "nuevo contacto, añadir contacto, crear contacto",
    "birthdays": "cumpleaños",
    "duplicates": "duplicados",
    "notifications": "notificaciones, mis notificaciones, avisos, recordatorios",
    "import": "importar",
    "export": "exportar",
    "print": "imprimir",
    "recycle bin": "papelera",
    "delete calendar": "borrar calendario, borra el calendario, eliminar calendario, "
    "borrar el calendario",
    "delete contact list": "borrar lista de contactos, borra la lista de contactos",
    "import contacts": "importar contactos",
    "export contacts": "exportar contactos",
    "subscribe": "suscribir, suscribirse a",
    "export my data": "exportar mis datos, exporta mis datos, mis datos",
    "erase my data": "borrar mis datos, borra mis datos, eliminar mis datos",
    "audit": "auditoría",
    "connect": "conectar, iniciar sesión",
    "account": "cuenta, mi cuenta",
    "disconnect": "desconectar, cerrar sesión",
    "contact lists": "listas de contactos, mis listas de contactos",
    "new contact list": "nueva lista de contactos, crear lista de contactos",
    "rename contact list": "renombrar lista de contactos, renombra la lista de contactos, "
    "cambia el nombre de la lista de contactos",
    "groups": "grupos, mis grupos",
    "new group": "nuevo grupo, crear grupo, crear un grupo",
    "rename group": "renombrar grupo, renombra el grupo, cambia el nombre del grupo",
    "delete group": "borrar grupo, borra el grupo, eliminar grupo",
    "fields": "campos",
    "rename calendar": "renombrar calendario, renombra el calendario, "
    "cambia el nombre del calendario",
    "rename event": "renombrar evento, renombra el evento, renombra la cita, "
    "cambia el nombre del evento",
    "rename": "renombrar, renombra, cambia el nombre del, cambia el nombre de, "
    "cambiar el nombre de",
    "bring forward": "adelanta, adelantar",
    "connect directory": "conectar el directorio, conecta el directorio",
    "admin": "administración, administrador, administradores",
    "export data of": "exportar los datos de, exporta los datos de",
    "erase data of": "borrar los datos de, borra los datos de, eliminar los datos de",
    "erase this organisation": "borrar la organización, borrar esta organización, "
    "borra esta organización",
}
