"""Export of one contact."""


def vcard(contact):
    lines = ["BEGIN:VCARD", f'FN:{contact["name"]}', f'EMAIL:{contact["email"]}']
    if contact["phone"]:
        lines.append(f'TEL:{contact["phone"]}')
    return "\n".join(lines + ["END:VCARD"])
