"""Given names that are common in France, without accents: what makes two words a person's name."""

_NAMES = """
adam adele adelaide adrien adrienne agathe agnes ahmed aicha aime aissatou alain albert alessandro
alex alexandra alexandre alexis alfred ali alice alicia aline alix alphonse amadou amandine amar
amaury ambre amelie amina amine anais andre andrea andree ange angelina angelique anita ann anna
anne annick annie anouk anthony antoine antonio apolline aram ariane armand armelle arnaud arthur
astrid aude audrey augustin aurelie aurelien auguste augustine axel axelle aya aziz baptiste
barbara basile bastien beatrice benedicte benjamin benoit berenice bernadette bernard berthe
bertrand bilal blaise boris brahim brice brigitte bruno camille candice capucine carine carla
carlos carmen carole caroline catherine cecile cedric celestin celeste celia celine chantal
charlene charles charline charlotte chloe christelle christian christiane christine christophe
clarisse claude claudette claudine clemence clementine clotilde coline colette constance
constantin coralie corentin corinne cyril cyrille damien daniel daniele danielle david deborah
delphine denis denise diane didier dimitri djamel dominique dorian dorothee dylan edith edmond
edouard eleonore elena eliane elias elie elisa elisabeth elise eloise elodie elsa emeline emile
emilie emilien emma emmanuel emmanuelle eric erica erwan esteban estelle esther ethan etienne
eugene eugenie eva evelyne fabien fabienne fabrice fanny fatima fatiha fatou fatoumata farid
felix ferdinand fernand fernande fernando flavie flora florence florent florian florine francis
francine franck francois francoise frederic frederique gabin gabriel gabrielle gael gaelle
gaetan garance gaspard gaston gauthier genevieve geoffrey george georges georgette gerald
geraldine gerard germaine ghislaine gilbert gilberte gilles ginette gisele giulia gregoire gregory
guillaume gustave guy gwenaelle habib hakim hamid hanna hannah hassan helene henri henriette herve
hicham hortense hubert hugo hugues huguette ibrahim ines irene iris isabelle ismael issa ivan
jacob jacqueline jacques jade jamal james janine jasmine jean jeanne jeannine jennifer jeremie
jeremy jerome jessica joachim joan joanna joao joel joelle johan johanna john jonathan jordan
jose joseph josephine josette josiane josselin jules julia julie julien juliette justin justine
kamel karim karima karine katia kenza kevin khadija khaled kylian laetitia lahcen laila lamia
lara laura laure laurence laurent laurie lea leila lena leo leon leonard leonie leopold liam lila
lilian liliane lilou lily lina linda lionel lisa lise loic lola lorenzo lou louane louis louise
louisette louka luc luca lucas lucette lucie lucien lucienne ludivine ludovic luis luna lydia
lydie maelle maelys magali malik malika malo mamadou manon manuel marc marcel marcelle margaux
margot marguerite maria mariam mariama marianne marie marielle marina marine mario marion marius
marjorie marlene marthe martin martine maryline maryse maryvonne mateo mathieu mathilde mathis
matteo matthieu maud maurice maurane max maxence maxime mehdi melanie melissa mia michael michel
michele micheline mickael mila milan mireille mohamed mohammed monique morgane mouna mourad
moussa mustapha myriam nabil nadege nadia nadine nael nassim natacha nathalie nathan nicolas
nicole nina noa noam noe noel noelle noemie nora nordine norbert oceane odette odile olga olivia
olivier omar ophelie oscar oumar ousmane pablo pascal pascale patrice patricia patrick paul paula
paulette pauline paulo pedro peggy philippe pierre pierrette quentin rachel rachid rafael
raoul raphael raymond raymonde rayan regine regis remi remy renaud rene renee richard robert
roberte robin rodolphe roger roland romain romane romeo romuald ronan rosa rosalie rose roselyne
ruben sabine sabrina said salma samantha sami samia samir samuel sandra sandrine sara sarah sasha
sebastien selma serge severine sofia sofiane solange soline solene sonia sophie stephane
stephanie suzanne suzette sylvain sylvia sylvie tatiana teo thea theo theodore theophile therese
thibault thibaut thierry thomas tiago tiphaine timothee titouan tom tony tristan ugo valentin
valentine valerie vanessa vera veronique victoire victor victoria vincent violette virginie
viviane wafa walid william xavier yacine yael yann yannick yanis yasmine yohan yolande youssef
youssouf yves yvette yvon yvonne zineb zoe zohra
"""
_ALSO_WORDS = frozenset(
    """aime ange auguste blaise celeste constance claude clemence fabrice garance iris jade marine
    pierre robin rose victoire violette luna ambre max said la ali rene ann charline tom port
    """.split()
)
_GIVEN = frozenset(_NAMES.split())


def is_given_name(word: str, *, also_words: bool = True) -> bool:
    """Tell whether a word without accents is a given name, of one or two parts.

    Args:
        word: « Jean », « marie-jose ».
        also_words: count those that are words of the language too.

    >>> is_given_name("Marie-Josee"), is_given_name("Rose", also_words=False)
    (True, False)
    """
    parts = word.lower().split("-")
    known = parts[0] in _GIVEN or (len(parts) > 1 and parts[-1] in _GIVEN)
    return known and (also_words or len(parts) > 1 or parts[0] not in _ALSO_WORDS)
