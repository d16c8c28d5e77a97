"""Small real tokenizers, trained once on a fixed text and kept in fixed_tokenizers/."""

import os

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

CORPUS = """
The quick brown fox jumps over the lazy dog. Customer support was unhelpful and rude, but delivery was fast.
The product quality is amazing and the price is fair. I love this movie; the acting was terrible though.
The stock market fell sharply on Monday after the central bank raised interest rates again.
Scientists discovered a new species of frog in the rainforest of South America last year.
My package arrived damaged after two weeks and nobody answered my emails about the refund.
The government announced a new policy on health care, education and climate change.
Please reset my password, I can not log in to my account. Book a flight from Paris to Berlin tomorrow.
Football team wins the championship after a dramatic penalty shootout. Play some jazz music please.
positive negative neutral sports politics business technology science health world travel music weather finance
sentiment topic product service shipping electronics clothing phone laptop shirt pants category question complaint
spam not spam toxic urgent joy sadness anger fear surprise love label text example labels true false classify
Classify this customer review by sentiment and topic: Determine the intent of the user request. machine learning
data base code bug report feature request pull issue test python typescript function class error warning file
one two three four five six seven eight nine ten 0 1 2 3 4 5 6 7 8 9 10 100 2024
caf\u00e9 na\u00efve r\u00e9sum\u00e9 stra\u00dfe \u00fcber ma\u00f1ana \u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440 \u03b1\u03b2\u03b3
\u4f60\u597d \u4e16\u754c \u65e5\u672c\u8a9e \u3053\u3093\u306b\u3061\u306f \u6771\u4eac \u6c34 \u706b \u5c71 \ud55c\uad6d\uc5b4
\u0645\u0631\u062d\u0628\u0627 \u0627\u0644\u0639\u0627\u0644\u0645 \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0928\u092e\u0938\u094d\u0924\u0947
! " # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ _ ` { | } ~ a b c d e f g h i j k l m n o p q r s t u v w x y z
A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
""".strip().split("\n")
MARKERS = ["<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>"]
FIXED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixed_tokenizers")


def fixed(name, build):
    """The trainers break ties by hash order, so a trained tokenizer is kept and reused: runs are then repeatable."""
    os.makedirs(FIXED, exist_ok=True)
    path = os.path.join(FIXED, name + ".json")
    if not os.path.exists(path):
        build().save(path)
    return Tokenizer.from_file(path)


def wordpiece(lower=True, vocab_size=520):
    def build():
        t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        t.normalizer = normalizers.BertNormalizer(lowercase=lower)
        t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        t.train_from_iterator(
            CORPUS,
            trainers.WordPieceTrainer(
                vocab_size=vocab_size,
                min_frequency=1,
                show_progress=False,
                special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
            ),
        )
        t.post_processor = processors.TemplateProcessing(
            "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)]
        )
        t.decoder = decoders.WordPiece()
        return t

    t = fixed(f"wordpiece-{vocab_size}", build)
    return PreTrainedTokenizerFast(
        tokenizer_object=t,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )


def bytebpe(vocab_size=600):
    def build():
        t = Tokenizer(models.BPE())
        t.normalizer = normalizers.NFC()
        t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
        t.train_from_iterator(
            CORPUS,
            trainers.BpeTrainer(
                vocab_size=vocab_size,
                min_frequency=1,
                show_progress=False,
                initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
                special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
            ),
        )
        t.post_processor = processors.TemplateProcessing(
            "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)]
        )
        t.decoder = decoders.ByteLevel()
        return t

    t = fixed(f"bytebpe-{vocab_size}", build)
    return PreTrainedTokenizerFast(
        tokenizer_object=t,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_input_names=["input_ids", "attention_mask"],
    )


def unigram_deberta(vocab_size=520):
    def build():
        t = Tokenizer(models.Unigram())
        t.normalizer = normalizers.Sequence(
            [normalizers.Strip(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
        )
        t.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
        t.train_from_iterator(
            CORPUS,
            trainers.UnigramTrainer(
                vocab_size=vocab_size,
                show_progress=False,
                unk_token="[UNK]",
                special_tokens=["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"],
            ),
        )
        t.post_processor = processors.TemplateProcessing(
            "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 1), ("[SEP]", 2)]
        )
        t.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always")
        return t

    t = fixed(f"unigram_deberta-{vocab_size}", build)
    return PreTrainedTokenizerFast(
        tokenizer_object=t,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )


def unigram_t5(vocab_size=520):
    def build():
        t = Tokenizer(models.Unigram())
        t.normalizer = normalizers.NFKC()
        t.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
        t.train_from_iterator(
            CORPUS,
            trainers.UnigramTrainer(
                vocab_size=vocab_size, show_progress=False, unk_token="<unk>", special_tokens=["<pad>", "</s>", "<unk>"]
            ),
        )
        t.post_processor = processors.TemplateProcessing("$A </s>", "$A </s> $B </s>", [("</s>", 1)])
        t.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always")
        return t

    t = fixed(f"unigram_t5-{vocab_size}", build)
    return PreTrainedTokenizerFast(
        tokenizer_object=t,
        pad_token="<pad>",
        unk_token="<unk>",
        eos_token="</s>",
        model_input_names=["input_ids", "attention_mask"],
    )
