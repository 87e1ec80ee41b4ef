"""Portuguese."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from rapport.village.talk.bank import Bank, ours, theirs

BANK = Bank(
    language="pt",
    hellos=("Olá {name},", "Bom dia {name},", "Boa tarde {name},", "Viva {name},"),
    byes=("Cumprimentos,", "Obrigado,", "Um abraço,", "Até breve,", "Com os melhores cumprimentos,"),
    days=("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira"),
    rooms=("a sala 2", "o consultório 3", "a sala do rio", "o quarto 8", "a receção"),
    asides=(
        "Estou cá até às {time}, se for mais fácil falar.",
        "Não há pressa.",
        "O elevador voltou a funcionar ao fim de {n} dias.",
        "Às sextas só leio o correio ao meio-dia.",
        "Trouxe castanhas da terra, guardo-lhe um saco.",
    ),
    topics=(
        theirs(
            "clinic",
            "Escala de {day}",
            "A escala de {day} mostra {n} turnos e nós só fazemos menos dois. Onde retiro os que estão a mais?",
            "Em Escala, Semana habitual. Deixei-os assinalados, só a senhora os pode apagar.",
            "Apagados. A folha afixada já está certa.",
        ),
        theirs(
            "clinic",
            "Faltas às consultas",
            "Aqui vão os números: {n} faltas em março, menos do que no mês anterior. O aviso com dois dias é o que resulta.",
            "Obrigada por partilhar. Em {place} aconteceu o mesmo.",
        ),
        theirs(
            "hotel",
            "Grupo de {n} pessoas",
            "Chega um grupo de {n} caminhantes na {day} e pede o pequeno-almoço às seis. Dá para antecipar a cozinha só nesse dia?",
            "Dá: arraste o início desse dia. A semana habitual não muda.",
            "Feito, a cozinha já viu.",
        ),
        theirs(
            "hotel",
            "Limpezas",
            "Desde {day} a saída tardia passa a limpeza para mais tarde sozinha. Poupámos {n} minutos por andar.",
            "Boa notícia, vou contar à Sofia.",
        ),
        theirs(
            "",
            "Fatura do trimestre",
            "A contabilidade pede o número de encomenda {n}-E na fatura. Pode enviá-la outra vez?",
            "Segue a fatura corrigida, com a mesma data de vencimento.",
            "Recebida e entregue.",
            enclosed="invoice.pdf",
        ),
        ours(
            "",
            "Notas de {day}",
            "Foi isto que apontei: começam com {room} durante {n} dias e depois vemos juntos. Está certo?",
            "Está certo, mas só à tarde.",
            "Corrigido: só à tarde.",
        ),
        ours(
            "",
            "Novo desde esta noite",
            "Já se pode mudar uma marcação sem a cancelar. A pessoa recebe uma só mensagem.",
            "Experimentei às {time} e funciona.",
        ),
        ours(
            "", "Obrigada pela visita", "Obrigada pela hora na receção. Apontei {n} coisas e duas já estão resolvidas."
        ),
    ),
    titles=("Responsável da receção", "Diretora clínica", "Administrativa", "Gerente", "Coordenador de escalas"),
    wrote="{name} <{address}> escreveu ({date}):",
    date="{weekday}, {d}/{m:02d}/{y} à(s) {time}",
    weekdays=("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
    months=("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    leaving=(
        "O meu último dia",
        "Depois de bons anos deixo {old}; o meu último dia é {day}. Para a semana começo em {new} e o meu correio passa a ser {address}.",
    ),
    arrived=("Novo endereço", "Já comecei em {new}. Este é o meu endereço; o telefone mantém-se."),
    away=("Resposta automática: {subject}", "Obrigado pela mensagem. Estou fora até {day} e respondo quando voltar."),
)
